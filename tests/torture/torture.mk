# Attacks on the whole program, and requests smuggled through the shipped proxy. Included by the Makefile.

HOSTILE := $(call objects,$(sort $(wildcard tests/hostile/*.c)))
NGINX := $(wildcard /usr/sbin/nginx /usr/bin/nginx /usr/local/sbin/nginx /usr/local/bin/nginx)
SMUGGLING := $(O)/tests/smuggling/test_smuggling
TORTURE := $(patsubst %.c,$(O)/%,$(sort $(wildcard tests/torture/test_*.c)))
TORTURE_SHARED := $(call objects,$(filter-out tests/torture/test_%,$(sort $(wildcard tests/torture/*.c))) \
	tests/bench/bench_fill.c tests/bench/report.c) $(BENCH_CLIENT) $(HOSTILE) $(HTTP_SHARED)

$(SMUGGLING): $(O)/%: $(O)/%.o $(call objects,tests/smuggling/cases.c tests/smuggling/proxy.c) $(BENCH_CLIENT) $(HTTP_SHARED) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm

$(TORTURE): $(O)/%: $(O)/%.o $(TORTURE_SHARED) $(LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS) $(TEST_LIBS) -lm
