/* The API's document in tests: openapi.yaml as a JSON tree, its references, and a check of values
 * against its schemas. The subset of JSON Schema that the document uses: type, required,
 * properties, additionalProperties, items, enum, const, pattern, minimum, maximum, minLength,
 * maxLength, minItems, maxItems, allOf, $ref; another keyword fails, so that none
 * is passed over. */
#ifndef DEMARCHE_TESTS_HTTP_DOCUMENT_H
#define DEMARCHE_TESTS_HTTP_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* From the root of the tree; the caller owns the reference. Fails the Check test when the file is
 * no YAML. */
json_t *document_load(void);
/* The node itself, or what its "$ref" points to. */
const json_t *document_resolve(const json_t *document, const json_t *node);
/* Where `value` breaks `schema`, in words (caller's buffer); true when it does not. */
bool document_fits(const json_t *document, const json_t *schema, const json_t *value, char *why,
		   size_t why_n);

#endif
