// How much longer than its elements Go makes the array of a slice that grows by append. sprig's slice can reach behind
// the end of a list up to that capacity (`slice .Values.list 0 4` of three elements is an answer, of two an error), so
// lists remember it.
#pragma once

#include <cstddef>

#include "rhumb/value/type.h"

namespace rhumb {

class Value;

/// The capacity after an append that makes `size` elements of a list that had `capacity`, as runtime.growslice of
/// Go 1.26 on amd64.
std::size_t grown_capacity(std::size_t capacity, std::size_t size, Type list);

/// The capacity of a list of `size` elements that were appended one by one to one of `capacity`.
std::size_t appended_capacity(std::size_t size, Type list, std::size_t capacity = 0);

/// Makes `copy` reach as far as the list whose elements it holds, over zero values, as Go's copies do that are made
/// with the length and the capacity of the original.
void keep_capacity(const Value& copy, const Value& original);

}  // namespace rhumb
