/* Files inside the program: EMBED(name, "path/from/the/root") gives name[] and name_end[], and a
 * zero byte at the end. The assembler's .incbin, since C17 has no #embed. The Makefile names the
 * dependency by hand. */
#ifndef DEMARCHE_BASE_EMBED_H
#define DEMARCHE_BASE_EMBED_H

#include "base/str.h"

#define EMBED(name, path)                                                                          \
	__asm__(".section .rodata\n.balign 16\n" #name ":\n.incbin \"" path "\"\n" #name           \
		"_end:\n.byte 0\n.previous\n");                                                    \
	extern const char name[] EMBED_NEAR, name##_end[] EMBED_NEAR
/* In this program, not looked up in its table of far symbols: arm64's linker finds there what lies
 * at the start of the section. */
#define EMBED_NEAR __attribute__((visibility("hidden")))

/* By way of integers: to the language these are two objects, whose pointers must not be
 * subtracted. */
#define EMBEDDED(name) ((struct str){name, (size_t)((uintptr_t)name##_end - (uintptr_t)name)})

#endif
