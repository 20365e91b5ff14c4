# The store on a disk that loses power, and the whole server with faults put in. Included by the Makefile.

POWER := $(O)/tests/torture/power/test_power
POWER_PARTS := $(call objects,$(sort $(wildcard tests/torture/power/*.c)))

$(POWER): $(POWER_PARTS) $(USES_db)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

.PHONY: torture-power
torture-power: $(POWER) ## cut the power of the store's disk 2,400 times (POWER_RUNS=..., POWER_SEED=...)
	@POWER_RUNS=$${POWER_RUNS:-2400} CK_TIMEOUT_MULTIPLIER=10 tools/check $(KIND) $(O) $(POWER)
