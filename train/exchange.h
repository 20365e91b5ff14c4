/* Articles with other names: countries, their demonyms and capitals, and persons change places with
 * others of the world, so that what is learnt of an article holds whoever it is about. */
#ifndef DEMARCHE_TRAIN_EXCHANGE_H
#define DEMARCHE_TRAIN_EXCHANGE_H

#include "train/polnear.h"

/* Fills `out` with the articles of `p` under other names: each has the same tokens but for names,
 * and the same attributions. Where that cannot be had the article stays as it is. A name becomes
 * the same one all over an article. */
void polnear_exchange(const struct polnear *p, struct polnear *out);

#endif
