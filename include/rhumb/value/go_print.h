// Go's package fmt over Values: %v as templates print, and print, println, printf.
//
// A value prints through its Error or String method at any depth, except below verbs that do not ask for text (%d ...).
// A type whose method has a pointer receiver prints so only where the value is addressable, which is only where a
// template prints a field of a struct behind a pointer itself.
//
// Structures print by field: the names in StructureType::fields, those that begin with a small letter too (they are
// unexported: Go prints them, without their methods). Addresses, which Go prints for pointers inside of other values,
// are one constant here: they tell nothing, and change from run to run in Go.
//
// A short expression can print without end (a list that holds one list twice, forty times over; a map that holds
// itself): what would pass `limit_bytes` (of the whole of `out`) or the stack throws LimitError.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rhumb/value/value.h"

namespace rhumb {

/// What an action of a template writes for a value, as printValue of text/template: a pointer is followed, the untyped
/// nil is "<nil>" (the executor knows when it is "<no value>" instead).
void print_value(std::string& out, const Value& value, bool addressable = false,
                 std::size_t limit_bytes = Limits{}.output_bytes);

/// %v of one value, as fmt.Sprint of it: sprig's toString of anything that is no text.
std::string sprint(const Value& value, std::size_t limit_bytes = Limits{}.output_bytes);
/// As fmt.Sprint: blanks between operands of which neither is a string.
std::string sprint(std::span<const Value> values, std::size_t limit_bytes = Limits{}.output_bytes);
/// As fmt.Sprintln, with the final newline.
std::string sprintln(std::span<const Value> values, std::size_t limit_bytes = Limits{}.output_bytes);
/// As fmt.Sprintf.
std::string sprintf(std::string_view format, std::span<const Value> values,
                    std::size_t limit_bytes = Limits{}.output_bytes);

/// What is printed for every address from now on, in all threads: for tests that ask whether a text depends on one.
void set_printed_address(std::uint64_t address);

/// The text of the Error or String method of a value that has one. `addressable`: those of its pointer count too.
bool print_method(std::string& out, const Value& value, bool addressable = false);

/// sprig's strval: a string as it is, []byte as text, error and Stringer through their methods, else %v.
std::string strval(const Value& value, std::size_t limit_bytes = Limits{}.output_bytes);
/// The same where the text may well be one that is there already: true when it is `known`, of which no second copy is
/// made; else it is in `out`, which must be empty before.
bool strval_or_known(std::string& out, const Value& value, std::string_view known,
                     std::size_t limit_bytes = Limits{}.output_bytes);

}  // namespace rhumb
