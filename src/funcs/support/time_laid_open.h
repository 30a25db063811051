// What a time.Time and a *time.Location are made of: what printf shows of them where a verb is not for text (%d, %t).
#pragma once

#include "funcs/support/time_value.h"

namespace rhumb::funcs {

/// The fields wall, ext and loc of a TimeStructure.
Value time_laid_open(Heap& heap, const Structure& time);
/// The fields of a LocationStructure: name, zone, tx, extend and the three of its cache.
Value location_laid_open(Heap& heap, const Structure& location);

}  // namespace rhumb::funcs
