// The layout of go-yaml's emitters, in block style: v2.4.4 (lines fold behind column 80, lists stand in the column of
// their key) and v3.0.5 with an indentation of two (neither). What is written is decided by the writers above.
//
// The state is that of yaml_emitter_t: the column in characters, the indentation, whether the last thing written was
// white space, and whether the line holds nothing but indentation and indicators so far.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rhumb/value/value.h"
#include "rhumb/yaml/events.h"
#include "scalar_text.h"

namespace rhumb::yaml {

enum class Dialect : std::uint8_t { v2, v3 };

class Emitter {
 public:
  /// Throws LimitError when it has written more than `limit` bytes.
  Emitter(std::string& out, Dialect dialect, std::vector<TracePiece>* trace, std::size_t limit)
      : out_(out), base_(out.size()), limit_(limit), dialect_(dialect), trace_(trace) {}

  /// A text that is written plain whatever it looks like: numbers, null, true.
  void token(std::string_view text);
  /// A string; `quote` when it would be read as something else. `tag`: "!!binary" or nothing.
  void string(std::string_view text, bool quote, std::string_view tag = {});
  /// The key of a mapping, and all up to its value.
  void key(std::string_view text, bool quote, std::string_view tag = {});
  void empty(std::string_view brackets);

  /// Between them key() and values, or item() and values. `in_mapping`: the collection is the value of a key.
  int open_mapping();
  int open_sequence(bool in_mapping);
  void item();
  void close(int indent) { indent_ = indent; }
  void finish();

  /// From here on the text comes from this origin.
  void mark(const Value& value);
  /// The value's text was written from byte `begin` of the output on: where it stands there as it is, its trace moves
  /// along.
  void trace_text(const Value& value, std::size_t begin);
  std::size_t written() const { return out_.size(); }

 private:
  void put(char c) {
    out_ += c;
    ++column_;
  }
  void check_size() const;
  void put_break();
  void write_indent();
  void indicator(std::string_view text, bool need_whitespace, bool is_whitespace, bool is_indention);
  void write_scalar(std::string_view text, ScalarStyle style, const ScalarShape& shape, bool simple_key,
                    std::string_view tag);
  void write_plain(std::string_view text, bool may_fold);
  void write_single_quoted(std::string_view text, bool may_fold);
  void write_double_quoted(std::string_view text, bool may_fold);
  void write_escape(char32_t rune);
  void write_literal(std::string_view text);
  void append(std::string_view text);
  void write_break(std::string_view text);
  bool must_fold() const { return dialect_ == Dialect::v2 && column_ > 80; }

  std::string& out_;
  std::size_t base_;  // where the text begins in out_
  std::size_t limit_;
  Dialect dialect_;
  std::vector<TracePiece>* trace_;
  int indent_ = -1;
  int column_ = 0;
  bool whitespace_ = true;
  bool indention_ = true;
};

}  // namespace rhumb::yaml
