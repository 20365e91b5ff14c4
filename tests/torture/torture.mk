# The store on a disk that loses power, and the whole server with faults put in. Included by the
# Makefile.

POWER := $(O)/tests/torture/power/test_power
POWER_PARTS := $(call objects,$(sort $(wildcard tests/torture/power/*.c)))

$(POWER): $(POWER_PARTS) $(FRESH_STORE) $(USES_db)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

# Faults are put into the release build alone: the sanitizers bring an allocator of their own.
FAULTS := $(if $(filter release,$(KIND)),$(O)/tests/torture/test_faults)
FAULTS_LIBRARY := $(O)/tests/torture/libfaults.so

$(FAULTS_LIBRARY): tests/torture/faults.c tests/torture/faults.h Makefile
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE -I. $(WARNINGS) -O2 -g -fPIC -shared -fno-builtin \
		-o $@ $< -ldl

$(O)/tests/torture/test_faults: $(O)/tests/torture/test_faults.o $(HTTP_SHARED) $(LIBS) | \
		$(FAULTS_LIBRARY)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

.PHONY: torture-power torture-faults
torture-faults: $(O)/demarche $(FAULTS) ## fail each allocation, file access and socket call in turn
	@FAULTS_STEP=$${FAULTS_STEP:-1} CK_TIMEOUT_MULTIPLIER=40 CHECK_TIMEOUT_S=14400 \
		DEMARCHE_BIN=$(abspath $(O)/demarche) tools/check $(KIND) $(O) $(FAULTS)

torture-power: $(POWER) ## cut the disk's power 2,400 times (POWER_RUNS=..., POWER_SEED=...)
	@POWER_RUNS=$${POWER_RUNS:-2400} CK_TIMEOUT_MULTIPLIER=10 tools/check $(KIND) $(O) $(POWER)
