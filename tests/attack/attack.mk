# Attacks on the whole program, and requests smuggled through the shipped proxy. Included by the
# Makefile.

NGINX := $(wildcard /usr/sbin/nginx /usr/bin/nginx /usr/local/sbin/nginx /usr/local/bin/nginx)
SMUGGLING := $(O)/tests/smuggling/test_smuggling
SMUGGLING_PARTS := $(call objects,tests/smuggling/cases.c tests/smuggling/proxy.c) \
	$(BENCH_CLIENT) $(HTTP_SHARED)

ATTACK := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/attack/test_*.c)))
SOAK := $(O)/tests/attack/test_soak
MEMORY := $(O)/tests/attack/test_memory
# Of these `make check` runs a sample of some seconds.
ATTACK_SAMPLED := $(filter-out $(SOAK) $(MEMORY),$(ATTACK))
ATTACK_PARTS := $(call objects,\
	$(filter-out tests/attack/test_%,$(sort $(wildcard tests/attack/*.c))) \
	$(sort $(wildcard tests/hostile/*.c)) tests/bench/bench_fill.c tests/bench/report.c) \
	$(BENCH_CLIENT) $(HTTP_SHARED)

$(SMUGGLING): $(O)/%: $(O)/%.o $(SMUGGLING_PARTS) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

$(ATTACK): $(O)/%: $(O)/%.o $(ATTACK_PARTS) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# Programs of other rooms that try harder when told so by the environment.
TORTURE = $(POWER) $(FAULTS) $(filter %/test_mutants,$(HTTP)) $(filter-out $(SOAK),$(ATTACK)) \
	$(if $(NGINX),$(SMUGGLING))
TORTURE_SEED ?= 1

.PHONY: torture soak
torture: ## everything that tries to break the service, in full: some hours (docs/testing.md)
	@tools/deps build check proxy
	@$(MAKE) --no-print-directory $(O)/demarche $(TORTURE)
	@TORTURE=full TORTURE_SEED=$(TORTURE_SEED) POWER_RUNS=$${POWER_RUNS:-2400} \
		FAULTS_STEP=$${FAULTS_STEP:-1} MUTANTS=50000 CK_TIMEOUT_MULTIPLIER=40 \
		CHECK_TIMEOUT_S=7200 CHECK_SHOWS_LOG=yes DEMARCHE_BIN=$(abspath $(O)/demarche) \
		tools/check $(KIND) $(O) $(TORTURE)

SOAK_SECONDS ?= 600
SOAK_SEED ?= 1
soak: ## mixed work, kills and restarts for SOAK_SECONDS (600), then all counted against a model
	@tools/deps build check
	@$(MAKE) --no-print-directory $(O)/demarche $(SOAK)
	@SOAK_SECONDS=$(SOAK_SECONDS) TORTURE_SEED=$(SOAK_SEED) CK_TIMEOUT_MULTIPLIER=100 \
		CHECK_TIMEOUT_S=$$(($(SOAK_SECONDS) + 3600)) CHECK_SHOWS_LOG=yes \
		DEMARCHE_BIN=$(abspath $(O)/demarche) tools/check $(KIND) $(O) $(SOAK)
