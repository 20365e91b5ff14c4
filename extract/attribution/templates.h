/* The templates of each stage, and what each looks at in a researcher's words. Their order is part of the model file's version. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_TEMPLATES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_TEMPLATES_H

#define CUE_TEMPLATES(X)                                                                                                       \
	X(CLASS, "its kind of word")                                                                                           \
	X(LEMMA, "the word")                                                                                                   \
	X(FORM, "the word with its form")                                                                                      \
	X(LEMMA_RELATION, "the word and how it stands in the clause")                                                          \
	X(FORM_RELATION, "its form and how it stands in the clause")                                                           \
	X(FRAME_CLASS, "what hangs on it")                                                                                     \
	X(FRAME_LEMMA, "what hangs on this word")                                                                              \
	X(FRAME_RELATION, "what hangs on it and how it stands in the clause")                                                  \
	X(SUBJECT_CLASS, "who its subject is")                                                                                 \
	X(SUBJECT_LEMMA, "who this word's subject is")                                                                         \
	X(WAY_LEMMA, "where this word's subject stands")                                                                       \
	X(SUBJECT_FRAME, "its subject and what hangs on it")                                                                   \
	X(HEAD, "the word it hangs on")                                                                                        \
	X(HEAD_LEMMA, "the word and the word it hangs on")                                                                     \
	X(HEAD_CLASS, "the kind of word it hangs on")                                                                          \
	X(NEXT_LEMMA, "the word with the next one")                                                                            \
	X(NEXT, "the next word")                                                                                               \
	X(BEFORE_LEMMA, "the word with the one before")                                                                        \
	X(BEFORE, "the word before")                                                                                           \
	X(FORMS, "the forms around it")                                                                                        \
	X(SECOND_NEXT, "the next word but one")                                                                                \
	X(SECOND_BEFORE, "the word before the last")                                                                           \
	X(SPEECH, "whether it stands inside of speech")                                                                        \
	X(SPEECH_LEMMA, "the word inside of speech")                                                                           \
	X(SPEECH_FRAME, "quotation marks in and around it")                                                                    \
	X(HEADLINE, "whether it is in the first sentence")                                                                     \
	X(NEXT_FORM, "the word with the form of the next one")                                                                 \
	X(HEAD_RELATION, "how it hangs on its head")                                                                           \
	X(ACT, "what is done by such words")                                                                                   \
	X(ACT_FRAME, "what is done by such words with such a complement")                                                      \
	X(ACT_RELATION, "what is done by such words where they stand so")                                                      \
	X(ACT_SUBJECT, "what such a subject does by such words")                                                               \
	X(CHILD, "what kind of complement the word has")                                                                       \
	X(HELPER, "its auxiliaries and particles")                                                                             \
	X(HELPER_LEMMA, "the word with its auxiliaries and particles")                                                         \
	X(MARK_LEMMA, "the word with what introduces its complement")                                                          \
	X(MARK, "what introduces its complement")                                                                              \
	X(CHILD_LEMMA, "the word with the word that hangs on it")                                                              \
	X(CHILD_KIND, "what its complement is about")                                                                          \
	X(GRANDCHILD, "what hangs on its object")

#define CONTENT_TEMPLATES(X)                                                                                                   \
	X(START_DISTANCE, "how far from the cue it starts")                                                                    \
	X(START_PATH, "how its first words hang on the cue")                                                                   \
	X(START_PATH_LEMMA, "how its first words hang on this cue")                                                            \
	X(START_WORD, "its first word")                                                                                        \
	X(START_WORD_LEMMA, "its first word after this cue")                                                                   \
	X(START_FORM, "the form of its first word")                                                                            \
	X(BEFORE, "the word before it")                                                                                        \
	X(BEFORE_LEMMA, "the word before it and this cue")                                                                     \
	X(START_FORMS, "the forms where it starts")                                                                            \
	X(START_RELATIONS, "the joint where it starts")                                                                        \
	X(START_WORDS, "the words where it starts")                                                                            \
	X(SENTENCE_START, "whether it starts a sentence")                                                                      \
	X(START_CLASS, "what its first phrase is")                                                                             \
	X(START_GAPS, "punctuation between it and the cue")                                                                    \
	X(END_PATH, "how its last words hang on the cue")                                                                      \
	X(AFTER, "the word after it")                                                                                          \
	X(AFTER_WORDS, "the two words after it")                                                                               \
	X(END_FORMS, "the forms where it ends")                                                                                \
	X(AFTER_FORMS, "the forms after it")                                                                                   \
	X(SENTENCE_END, "whether it ends the sentence")                                                                        \
	X(SENTENCE_END_LEMMA, "whether it ends the sentence of this cue")                                                      \
	X(AFTER_RELATION, "how the word after it stands")                                                                      \
	X(REST, "what the rest of the sentence hangs on")                                                                      \
	X(REST_WORD, "how the rest of the sentence starts")                                                                    \
	X(WAY, "where it stands from the cue")                                                                                 \
	X(WAY_LEMMA, "where it stands from this cue")                                                                          \
	X(PATH, "how it hangs on the cue")                                                                                     \
	X(PATH_LEMMA, "how it hangs on this cue")                                                                              \
	X(PATH_ACT, "how it hangs on such a cue")                                                                              \
	X(SHAPE_ACT, "what kind of phrase such a cue takes")                                                                   \
	X(CUTS, "how many phrases it cuts")                                                                                    \
	X(CUTS_OUT, "phrases it cuts, by its head")                                                                            \
	X(MARKS, "how it goes with quotation marks")                                                                           \
	X(MARKS_LEMMA, "quotation marks and this cue")                                                                         \
	X(LENGTH, "its length")                                                                                                \
	X(SHAPE_LEMMA, "what kind of phrase this cue takes")                                                                   \
	X(SHAPE, "what kind of phrase it is")                                                                                  \
	X(TOP_LEMMA, "its main word and this cue")                                                                             \
	X(TOP, "its main word")                                                                                                \
	X(SUBJECT, "whether it holds the cue's subject")                                                                       \
	X(SUBJECT_LEMMA, "whether it holds this cue's subject")                                                                \
	X(QUOTED, "whether words in it are quoted")                                                                            \
	X(SENTENCES, "whether it crosses sentences")                                                                           \
	X(PARTS, "how its two parts hang on the cue")                                                                          \
	X(PARTS_MARKS, "quotation marks of its two parts")                                                                     \
	X(RUN_END, "where a run of quotations ends")                                                                           \
	X(RUN_ALONE, "whether its last quotation stands alone")                                                                \
	X(RUN_CLOSED, "whether its last quotation is closed")                                                                  \
	X(RUN_SIDE, "on which side of the cue it ends")                                                                        \
	X(RUN_SPEECH, "whether its last quotation is speech")                                                                  \
	X(RUN_NEXT, "what follows a run of quotations")                                                                        \
	X(RUN_STOP, "how its last quotation ends")                                                                             \
	X(RUN_SENTENCE, "whether the sentence goes on behind the quotation")

#define SOURCE_TEMPLATES(X)                                                                                                    \
	X(PATH, "how it hangs on the cue")                                                                                     \
	X(PATH_LEMMA, "how it hangs on this cue")                                                                              \
	X(PATH_KIND, "who it is and how it hangs on the cue")                                                                  \
	X(SUBJECT, "whether it is the subject")                                                                                \
	X(SUBJECT_LEMMA, "whether it is this cue's subject")                                                                   \
	X(SUBJECT_INSIDE, "whether it is the subject and outside of the content")                                              \
	X(INSIDE, "where it stands from cue and content")                                                                      \
	X(KIND, "who it is")                                                                                                   \
	X(KIND_RELATION, "who it is and how it stands in the clause")                                                          \
	X(DISTANCE, "how far from the cue it stands")                                                                          \
	X(WORD, "its main word")                                                                                               \
	X(SIDES, "on which side of the cue it and the content stand")                                                          \
	X(QUOTED, "whether cue and source are in one quotation")                                                               \
	X(CUE_RELATION, "how the cue stands in the clause")                                                                    \
	X(FORM_RELATION, "how much of the phrase it takes")                                                                    \
	X(END_FORMS, "the forms where it ends")                                                                                \
	X(START_FORMS, "the forms where it starts")                                                                            \
	X(AFTER, "the word after it")                                                                                          \
	X(AFTER_RELATION, "what follows it")                                                                                   \
	X(LENGTH, "its length")                                                                                                \
	X(LAST, "its last word")                                                                                               \
	X(BEFORE, "the word before it")                                                                                        \
	X(LEFT_OUT, "what of the phrase it leaves out")                                                                        \
	X(CUTS, "how many phrases it cuts")                                                                                    \
	X(LEFT_OUT_WORD, "the first word that it leaves out")                                                                  \
	X(NOBODY, "that there is none, by the kind of cue")                                                                    \
	X(NOBODY_LEMMA, "that this cue has none")                                                                              \
	X(NOBODY_SUBJECT, "that there is none, by the subject")                                                                \
	X(NOBODY_SUBJECT_LEMMA, "that this cue has none, by the subject")                                                      \
	X(NOBODY_KIND, "that there is none, by who the subject is")                                                            \
	X(NOBODY_RELATION, "that there is none, by how the cue stands")                                                        \
	X(NOBODY_CONTENT, "that there is none, by where the content stands")                                                   \
	X(NOBODY_HELPER, "that there is none, by the cue's auxiliaries")

#define EXTENT_TEMPLATES(X)                                                                                                    \
	X(SIZE, "how far it reaches")                                                                                          \
	X(LEFT_LEMMA, "how far before this word it starts")                                                                    \
	X(RIGHT_LEMMA, "how far after this word it ends")                                                                      \
	X(TOUCHES, "whether it reaches the content")                                                                           \
	X(TOUCHES_LEMMA, "whether this word's cue reaches the content")                                                        \
	X(SOURCE, "whether it holds the source")                                                                               \
	X(BEFORE, "the words before its head")                                                                                 \
	X(BEFORE_RELATION, "what the words before its head are to it")                                                         \
	X(BEFORE_LEMMA, "the words before this head")                                                                          \
	X(AFTER, "the words after its head")                                                                                   \
	X(AFTER_RELATION, "what the words after its head are to it")                                                           \
	X(AFTER_LEMMA, "the words after this head")                                                                            \
	X(NEXT_RELATION, "what follows it")                                                                                    \
	X(NEXT_WORDS, "the words where it ends")                                                                               \
	X(LAST, "its last word")                                                                                               \
	X(FIRST, "the words where it starts")                                                                                  \
	X(FIRST_RELATION, "what it starts with")                                                                               \
	X(LEFT_OUT, "auxiliaries that it leaves out")                                                                          \
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
