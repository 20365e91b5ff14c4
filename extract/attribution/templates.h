/* The templates of each stage, and what each looks at in a researcher's words. Their order is part
 * of the model file's version. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_TEMPLATES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_TEMPLATES_H

#define CUE_TEMPLATES(X)                                                                           \
	X(CLASS, "its kind of word")                                                               \
	X(LEMMA, "the word")                                                                       \
	X(FORM, "the word with its form")                                                          \
	X(LEMMA_RELATION, "the word and how it stands in the clause")                              \
	X(FORM_RELATION, "its form and how it stands in the clause")                               \
	X(FRAME_CLASS, "which complements its kind of word has")                                   \
	X(FRAME_LEMMA, "which complements this word has")                                          \
	X(FRAME_RELATION, "which complements it has and how it stands in the clause")              \
	X(SUBJECT_CLASS, "who its subject is")                                                     \
	X(SUBJECT_LEMMA, "who this word's subject is")                                             \
	X(PATH_LEMMA, "where this word's subject stands")                                          \
	X(SUBJECT_FRAME, "its subject and its complements")                                        \
	X(HEAD, "the word above it in the sentence")                                               \
	X(HEAD_LEMMA, "the word with the one above it in the sentence")                            \
	X(HEAD_CLASS, "the kind of word above it in the sentence")                                 \
	X(NEXT_LEMMA, "the word with the one after it")                                            \
	X(NEXT, "the word after it")                                                               \
	X(BEFORE_LEMMA, "the word with the one before it")                                         \
	X(BEFORE, "the word before it")                                                            \
	X(FORMS, "the parts of speech around it")                                                  \
	X(SECOND_NEXT, "the second word after it")                                                 \
	X(SECOND_BEFORE, "the second word before it")                                              \
	X(SPEECH, "its kind of word, inside or outside of speech")                                 \
	X(SPEECH_LEMMA, "the word, inside or outside of speech")                                   \
	X(SPEECH_FRAME, "quotation marks in and around it")                                        \
	X(HEADLINE, "its kind of word, in the first sentence or a later one")                      \
	X(NEXT_FORM, "the word with the part of speech after it")                                  \
	X(HEAD_RELATION, "how it hangs on the word above it")                                      \
	X(ACT, "what is done by such words")                                                       \
	X(ACT_FRAME, "what is done by such words with such a complement")                          \
	X(ACT_RELATION, "what is done by such words where they stand so")                          \
	X(ACT_SUBJECT, "what such a subject does by such words")                                   \
	X(CHILD, "each complement of this word, by its kind")                                      \
	X(HELPER, "its auxiliaries and particles")                                                 \
	X(HELPER_LEMMA, "the word with its auxiliaries and particles")                             \
	X(MARK_LEMMA, "the word with what introduces its complements")                             \
	X(MARK, "what introduces its complements")                                                 \
	X(CHILD_LEMMA, "the word with the main words of its complements")                          \
	X(CHILD_KIND, "each complement, by what or whom it names")                                 \
	X(GRANDCHILD, "what its object has with it")

#define CONTENT_TEMPLATES(X)                                                                       \
	X(START_DISTANCE, "how far from the cue it starts")                                        \
	X(START_PATH, "how its beginning is tied to a cue of this kind")                           \
	X(START_PATH_LEMMA, "how its beginning is tied to this very cue")                          \
	X(START_WORD, "its first word")                                                            \
	X(START_WORD_LEMMA, "its first word, with this very cue")                                  \
	X(START_FORM, "the part of speech of its first word")                                      \
	X(BEFORE, "the word before it")                                                            \
	X(BEFORE_LEMMA, "the word before it, with this very cue")                                  \
	X(START_FORMS, "the parts of speech where it starts")                                      \
	X(START_RELATIONS, "what is cut apart where it starts")                                    \
	X(START_WORDS, "the words where it starts")                                                \
	X(SENTENCE_START, "whether it starts a sentence")                                          \
	X(START_CLASS, "what its first phrase is")                                                 \
	X(START_GAPS, "how much punctuation stands between it and the cue")                        \
	X(END_PATH, "how its end is tied to the cue")                                              \
	X(AFTER, "the word after it")                                                              \
	X(AFTER_WORDS, "the two words after it")                                                   \
	X(END_FORMS, "the parts of speech where it ends")                                          \
	X(AFTER_FORMS, "the parts of speech after it")                                             \
	X(SENTENCE_END, "whether it ends the sentence")                                            \
	X(SENTENCE_END_LEMMA, "whether it ends the sentence, with this very cue")                  \
	X(AFTER_RELATION, "how the word after it is tied to the cue")                              \
	X(REST, "what the rest of the sentence belongs to")                                        \
	X(REST_WORD, "how the rest of the sentence starts")                                        \
	X(GENERATOR, "on which side of the cue it stands")                                         \
	X(GENERATOR_LEMMA, "on which side of this very cue it stands")                             \
	X(PATH, "how it is tied to the cue")                                                       \
	X(PATH_LEMMA, "how it is tied to this very cue")                                           \
	X(PATH_ACT, "how it hangs on such a cue")                                                  \
	X(SHAPE_ACT, "what kind of phrase such a cue takes")                                       \
	X(CUTS, "how many phrases it cuts apart")                                                  \
	X(CUTS_OUT, "how many phrases it cuts apart, by its kind")                                 \
	X(MARKS, "whether it keeps quotation marks whole")                                         \
	X(MARKS_LEMMA, "whether it keeps quotation marks whole, with this very cue")               \
	X(LENGTH, "its length")                                                                    \
	X(SHAPE_LEMMA, "what kind of phrase it is, with this very cue")                            \
	X(SHAPE, "what kind of phrase it is")                                                      \
	X(TOP_LEMMA, "its main word, with this very cue")                                          \
	X(TOP, "its main word")                                                                    \
	X(SUBJECT, "whether it holds the cue's subject")                                           \
	X(SUBJECT_LEMMA, "whether it holds the subject of this very cue")                          \
	X(QUOTED, "whether words in it are quoted and how")                                        \
	X(SENTENCES, "whether it crosses sentences")                                               \
	X(PARTS, "how its two parts are tied to the cue")                                          \
	X(PARTS_MARKS, "quotation marks of its two parts")                                         \
	X(RUN_END, "where a run of quotations ends")                                               \
	X(RUN_ALONE, "whether its last quotation stands alone")                                    \
	X(RUN_CLOSED, "whether its last quotation is closed")                                      \
	X(RUN_SIDE, "on which side of the cue it ends")                                            \
	X(RUN_SPEECH, "whether its last quotation is speech")                                      \
	X(RUN_NEXT, "what follows a run of quotations")                                            \
	X(RUN_STOP, "how its last quotation ends")                                                 \
	X(RUN_SENTENCE, "whether the sentence goes on behind the quotation")

#define SOURCE_TEMPLATES(X)                                                                        \
	X(PATH, "how it is tied to the cue")                                                       \
	X(PATH_LEMMA, "how it is tied to this very cue")                                           \
	X(PATH_KIND, "who it is and how it is tied to the cue")                                    \
	X(SUBJECT, "whether it is the subject")                                                    \
	X(SUBJECT_LEMMA, "whether it is the subject of this very cue")                             \
	X(SUBJECT_INSIDE, "whether it is the subject and outside of the content")                  \
	X(INSIDE, "whether it stands outside of the content")                                      \
	X(KIND, "who it is")                                                                       \
	X(KIND_RELATION, "who it is and how it stands in the clause")                              \
	X(DISTANCE, "how far from the cue it stands")                                              \
	X(WORD, "its main word")                                                                   \
	X(SIDES, "on which sides of the cue it and the content stand")                             \
	X(QUOTED, "whether cue and source are in one quotation")                                   \
	X(CUE_RELATION, "how the cue stands in the clause")                                        \
	X(FORM_RELATION, "how much of its phrase it takes")                                        \
	X(END_FORMS, "the parts of speech where it ends")                                          \
	X(START_FORMS, "the parts of speech where it starts")                                      \
	X(AFTER, "the word after it")                                                              \
	X(AFTER_RELATION, "what follows it")                                                       \
	X(LENGTH, "its length")                                                                    \
	X(LAST, "its last word")                                                                   \
	X(BEFORE, "the word before it")                                                            \
	X(LEFT_OUT, "what of its phrase it leaves out")                                            \
	X(CUTS, "how many phrases it cuts apart")                                                  \
	X(LEFT_OUT_WORD, "the first word that it leaves out")                                      \
	X(NOBODY, "how often no source is named, by the kind of cue")                              \
	X(NOBODY_LEMMA, "how often no source is named, with this very cue")                        \
	X(NOBODY_SUBJECT, "how often no source is named, by where the subject stands")             \
	X(NOBODY_SUBJECT_LEMMA, "how often no source is named, by this very cue's subject")        \
	X(NOBODY_KIND, "how often no source is named, by who the subject is")                      \
	X(NOBODY_RELATION, "how often no source is named, by how the cue stands")                  \
	X(NOBODY_CONTENT, "how often no source is named, by where the content stands")             \
	X(NOBODY_HELPER, "how often no source is named, by the cue's auxiliaries")

#define EXTENT_TEMPLATES(X)                                                                        \
	X(SIZE, "how far it reaches")                                                              \
	X(LEFT_LEMMA, "how far before this word it starts")                                        \
	X(RIGHT_LEMMA, "how far after this word it ends")                                          \
	X(TOUCHES, "whether it reaches the content")                                               \
	X(TOUCHES_LEMMA, "whether this word's cue reaches the content")                            \
	X(SOURCE, "whether it holds the source")                                                   \
	X(BEFORE, "the words before its head")                                                     \
	X(BEFORE_RELATION, "what the words before its head are to it")                             \
	X(BEFORE_LEMMA, "the words before this head")                                              \
	X(AFTER, "the words after its head")                                                       \
	X(AFTER_RELATION, "what the words after its head are to it")                               \
	X(AFTER_LEMMA, "the words after this head")                                                \
	X(NEXT_RELATION, "what follows it")                                                        \
	X(NEXT_WORDS, "the words where it ends")                                                   \
	X(LAST, "its last word")                                                                   \
	X(FIRST, "the words where it starts")                                                      \
	X(FIRST_RELATION, "what it starts with")                                                   \
	X(LEFT_OUT, "auxiliaries that it leaves out")                                              \
	X(END_FORMS, "the forms where it ends")

enum cue_template {
#define X(name, text) CUE_##name,
	CUE_TEMPLATES(X)
#undef X
		CUE_TEMPLATE_COUNT
};
enum content_template {
#define X(name, text) CONTENT_##name,
	CONTENT_TEMPLATES(X)
#undef X
		CONTENT_TEMPLATE_COUNT
};
enum source_template {
#define X(name, text) SOURCE_##name,
	SOURCE_TEMPLATES(X)
#undef X
		SOURCE_TEMPLATE_COUNT
};
enum extent_template {
#define X(name, text) EXTENT_##name,
	EXTENT_TEMPLATES(X)
#undef X
		EXTENT_TEMPLATE_COUNT
};

#endif
