// Kinds of runes in TOML.
#pragma once

namespace rhumb::funcs::toml {

inline constexpr char32_t end_of_input = 0;

inline bool is_blank(char32_t rune) { return rune == '\t' || rune == ' '; }
inline bool is_break(char32_t rune) { return rune == '\n' || rune == '\r'; }
inline bool is_digit(char32_t rune) { return rune >= '0' && rune <= '9'; }
inline bool is_binary(char32_t rune) { return rune == '0' || rune == '1'; }
inline bool is_octal(char32_t rune) { return rune >= '0' && rune <= '7'; }
inline bool is_hex(char32_t rune) { return is_digit(rune) || ((rune | 0x20) >= 'a' && (rune | 0x20) <= 'f'); }
inline bool is_bare_key(char32_t rune) {
  return (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z') || is_digit(rune) || rune == '_' || rune == '-';
}
inline bool is_control(char32_t rune) {
  return rune != '\t' && rune != '\r' && rune != '\n' && (rune <= 0x1f || rune == 0x7f);
}

}  // namespace rhumb::funcs::toml
