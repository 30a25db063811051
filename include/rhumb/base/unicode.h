// Properties of code points as Go's package unicode has them (the tables of Go 1.26: cmake/unicode_tables.go writes
// src/base/unicode_tables.inc).
#pragma once

#include <string_view>

namespace rhumb::unicode {

/// The version of Unicode of the tables.
extern const std::string_view version;

bool is_letter(char32_t rune);
bool is_upper(char32_t rune);
bool is_lower(char32_t rune);
/// Category Lt.
bool is_title(char32_t rune);
/// Category Nd.
bool is_digit(char32_t rune);
/// Category N.
bool is_number(char32_t rune);
/// Category P.
bool is_punct(char32_t rune);
bool is_control(char32_t rune);
/// White_Space.
bool is_space(char32_t rune);
/// Letters, marks, numbers, punctuation, symbols and the ASCII space: what strconv.Quote leaves as it is.
bool is_print(char32_t rune);
/// is_print and category Zs.
bool is_graphic(char32_t rune);

char32_t to_upper(char32_t rune);
char32_t to_lower(char32_t rune);
char32_t to_title(char32_t rune);
/// The next code point of the same simple fold orbit, as unicode.SimpleFold.
char32_t simple_fold(char32_t rune);

}  // namespace rhumb::unicode
