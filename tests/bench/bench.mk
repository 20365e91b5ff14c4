# The programs of `make bench`, and the crash test, which shares their client. Included by the
# Makefile.

BENCH_CLIENT := $(call objects,tests/bench/load.c tests/bench/process.c tests/bench/prose.c)
BENCH_ALONE := tests/bench/bare_mhd.c
BENCH_PARTS := $(call objects,$(filter-out $(BENCH_ALONE),$(sort $(wildcard tests/bench/*.c))))
CRASH := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/crash/test_*.c)))

# Its own products, in the place of the library's, with those in floats beside them.
FLOAT_PRODUCTS := $(O)/tests/bench/float_products.o
$(FLOAT_PRODUCTS): ALL_CFLAGS += $(if $(filter release,$(KIND)),-O3 -fno-math-errno) \
	-ffp-contract=fast

$(CRASH): $(O)/%: $(O)/%.o $(BENCH_CLIENT) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

$(O)/tests/bench/bench: $(BENCH_PARTS) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

$(O)/tests/bench/bare_mhd: $(O)/tests/bench/bare_mhd.o
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

.PHONY: bench bench-quick bench-peers
bench: ## measure speed and size as ratios in one run, some minutes (tests/bench/README.md)
	@tools/deps build
	@$(MAKE) --no-print-directory $(O)/demarche $(O)/tests/bench/bench $(O)/tests/bench/bare_mhd
	@$(O)/tests/bench/bench

bench-quick: ## the same over a tenth of the rows in short rounds: figures are rough
	@BENCH_STATEMENTS=100000 BENCH_SECONDS=0.5 BENCH_ROUNDS=3 $(MAKE) --no-print-directory bench

bench-peers: ## what a user would pick instead, on the same work (installs Node's and Debian's)
	@tools/deps build peers
	@command -v npm >/dev/null || tools/deps openapi
	@cd tests/bench/peers && npm ci --silent --no-progress
	@BENCH_STATEMENTS=$${BENCH_STATEMENTS:-100000} BENCH_ONLY=peers \
		$(MAKE) --no-print-directory bench
