// Upper and lower case: Go's own, goutils' by words, and xstrings 1.5's between camel, snake and kebab.
#include <array>
#include <string>

#include "funcs/families.h"
#include "funcs/support/text_builder.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::funcs {
namespace {

using gotmpl::Args;
using gotmpl::CallContext;
using gotmpl::Signature;

Value upper(CallContext& context, Args args) {
  return same_shape(context, args[0], strings::to_upper(args[0].as_text()));
}

Value lower(CallContext& context, Args args) {
  return same_shape(context, args[0], strings::to_lower(args[0].as_text()));
}

Value title(CallContext& context, Args args) { return same_shape(context, args[0], strings::title(args[0].as_text())); }

/// As goutils.Uncapitalize.
Value untitle(CallContext& context, Args args) {
  std::string out;
  bool starts = true;
  for (const utf8::Rune rune : utf8::Runes(args[0].as_text())) {
    const bool space = unicode::is_space(rune.value);
    utf8::append(out, starts && !space ? unicode::to_lower(rune.value) : rune.value);
    starts = space;
  }
  return same_shape(context, args[0], std::move(out));
}

/// As goutils.SwapCase.
Value swapcase(CallContext& context, Args args) {
  std::string out;
  bool after_space = true;
  for (const utf8::Rune rune : utf8::Runes(args[0].as_text())) {
    char32_t c = rune.value;
    if (unicode::is_upper(c) || unicode::is_title(c)) {
      c = unicode::to_lower(c);
      after_space = false;
    } else if (unicode::is_lower(c)) {
      c = after_space ? unicode::to_title(c) : unicode::to_upper(c);
      after_space = false;
    } else {
      after_space = unicode::is_space(c);
    }
    utf8::append(out, c);
  }
  return same_shape(context, args[0], std::move(out));
}

bool is_connector(char32_t rune) { return rune == '-' || rune == '_' || unicode::is_space(rune); }

/// As xstrings.ToPascalCase: the letter behind each connector goes up and the connector away, leading ones apart.
Value camelcase(CallContext& context, Args args) {
  const std::u32string runes = utf8::to_runes(args[0].as_text());
  std::u32string out;
  std::size_t at = 0;
  while (at < runes.size() && is_connector(runes[at])) out += runes[at++];
  if (at == runes.size()) {
    // The last of nothing but connectors is written twice.
    if (!out.empty()) out += out.back();
    return context.string(utf8::from_runes(out));
  }
  bool word_is_upper = unicode::is_upper(runes[at]);
  char32_t previous = unicode::to_upper(runes[at++]);
  for (; at < runes.size(); ++at) {
    char32_t rune = runes[at];
    if (is_connector(previous) && is_connector(rune)) {
      out += previous;
    } else if (is_connector(previous)) {
      word_is_upper = unicode::is_upper(rune);
      rune = unicode::to_upper(rune);
    } else {
      word_is_upper = word_is_upper && unicode::is_upper(rune);
      if (word_is_upper) rune = unicode::to_lower(rune);
      // A word that began in capitals goes on small, for as long as capitals follow.
      out += previous;
    }
    previous = rune;
  }
  out += previous;
  return context.string(utf8::from_runes(out));
}

/// The words of a text, as xstrings' nextWord takes them apart.
class Words {
 public:
  enum class Kind : unsigned char { none, number, upper, letters, connector, punctuation, other };

  struct Word {
    Kind kind = Kind::none;
    std::string_view text;
  };

  explicit Words(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  Word next();

 private:
  struct Step {
    char32_t rune;
    std::size_t size;
  };

  static bool is_letter(char32_t rune);
  static Step step(std::string_view text, char32_t previous);
  template <typename Belongs>
  std::size_t run(std::size_t from, char32_t previous, Belongs belongs) const;
  std::size_t upper_run(std::size_t first_size, char32_t first) const;

  std::string_view rest_;
};

/// Letters but for those of Chinese.
bool Words::is_letter(char32_t rune) {
  if (!unicode::is_letter(rune)) return false;
  const auto in = [rune](char32_t first, char32_t last) { return rune >= first && rune <= last; };
  return !in(0x4E00, 0x9FCC) && !in(0x3400, 0x4D85) && !in(0x20000, 0x2B81D);
}

/// The next rune that is valid, with what stands in front of it; at the end the previous one once more.
Words::Step Words::step(std::string_view text, char32_t previous) {
  std::size_t size = 0;
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    size += rune.width;
    if (rune.value != utf8::rune_error) return {rune.value, size};
    text.remove_prefix(rune.width);
  }
  return {previous, size};
}

/// Where the runes that belong together end.
template <typename Belongs>
std::size_t Words::run(std::size_t from, char32_t previous, Belongs belongs) const {
  while (from < rest_.size()) {
    const Step next = step(rest_.substr(from), previous);
    if (!belongs(next.rune)) break;
    previous = next.rune;
    from += next.size;
  }
  return from;
}

/// Capitals; when letters follow the last one is theirs. A single one takes its letters along.
std::size_t Words::upper_run(std::size_t first_size, char32_t first) const {
  const auto continues = [](char32_t rune) { return is_letter(rune) && !unicode::is_upper(rune); };
  std::size_t end = first_size;
  if (end == rest_.size()) return end;
  Step next = step(rest_.substr(end), first);
  if (!unicode::is_upper(next.rune)) return is_letter(next.rune) ? run(end + next.size, next.rune, continues) : end;
  std::size_t last_size = 0;
  while (end < rest_.size()) {
    next = step(rest_.substr(end), next.rune);
    if (!unicode::is_upper(next.rune)) break;
    last_size = next.size;
    end += next.size;
  }
  return end < rest_.size() && is_letter(next.rune) ? end - last_size : end;
}

Words::Word Words::next() {
  if (rest_.empty()) return {};
  const Step first = step(rest_, utf8::rune_error);
  Word word;
  std::size_t end = first.size;
  const char32_t c = first.rune;
  if (c == utf8::rune_error) {
    word.kind = Kind::none;
  } else if (is_connector(c)) {
    word.kind = Kind::connector;
    end = run(end, c, is_connector);
  } else if (unicode::is_punct(c)) {
    word.kind = Kind::punctuation;
    end = run(end, c, unicode::is_punct);
  } else if (unicode::is_upper(c)) {
    word.kind = Kind::upper;
    end = upper_run(end, c);
  } else if (is_letter(c)) {
    word.kind = Kind::letters;
    end = run(end, c, [](char32_t rune) { return is_letter(rune) && !unicode::is_upper(rune); });
  } else if (unicode::is_number(c)) {
    word.kind = Kind::number;
    end = run(end, c, unicode::is_number);
  } else {
    word.kind = Kind::other;
    end = run(end, c, [](char32_t rune) {
      return !is_connector(rune) && !is_letter(rune) && !unicode::is_number(rune) && !unicode::is_punct(rune);
    });
  }
  word.text = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return word;
}

/// As camelCaseToLowerCase of xstrings: words in small letters with a connector between them.
class Connected {
 public:
  Connected(std::string_view text, char connector) : words_(text), connector_(connector) {}

  std::string text() {
    word_ = words_.next();
    while (!words_.at_end()) {
      if (word_.kind != Kind::connector) write(word_);
      const Words::Word last = word_;
      word_ = words_.next();
      if (last.kind == Kind::connector) {
        write(last);
      } else if (last.kind == Kind::number) {
        write_letters_and_numbers();
        connect_unless_end();
      } else if (last.kind != Kind::punctuation) {
        follow_word();
      }
    }
    write(word_);
    return std::move(out_);
  }

 private:
  using Kind = Words::Kind;

  void write(const Words::Word& word) {
    if (word.kind != Kind::upper && word.kind != Kind::connector) {
      out_ += word.text;
      return;
    }
    for (const utf8::Rune rune : utf8::Runes(word.text)) {
      const char32_t small = unicode::is_upper(rune.value) ? unicode::to_lower(rune.value) : rune.value;
      utf8::append(out_, is_connector(rune.value) ? static_cast<char32_t>(connector_) : small);
    }
  }

  void write_letters_and_numbers() {
    while (word_.kind == Kind::letters || word_.kind == Kind::number) {
      write(word_);
      word_ = words_.next();
    }
  }

  void connect() {
    if (word_.kind != Kind::connector && word_.kind != Kind::punctuation) out_ += connector_;
  }
  void connect_unless_end() {
    if (word_.kind != Kind::none) connect();
  }

  /// Between a word of letters and what comes behind it. A number belongs to the word in front of it, unless small
  /// letters follow.
  void follow_word() {
    if (word_.kind != Kind::number) return connect();
    if (words_.at_end()) return;
    const Words::Word number = word_;
    word_ = words_.next();
    if (word_.kind != Kind::letters) {
      write(number);
      return connect();
    }
    out_ += connector_;
    write(number);
    write_letters_and_numbers();
    connect_unless_end();
  }

  Words words_;
  Words::Word word_;
  char connector_;
  std::string out_;
};

Value snakecase(CallContext& context, Args args) { return context.string(Connected(args[0].as_text(), '_').text()); }

Value kebabcase(CallContext& context, Args args) { return context.string(Connected(args[0].as_text(), '-').text()); }

constexpr auto table = std::to_array<gotmpl::Function>({
    {"upper", Signature::of({Type::string}, Type::string), upper},
    {"lower", Signature::of({Type::string}, Type::string), lower},
    {"title", Signature::of({Type::string}, Type::string), title},
    {"untitle", Signature::of({Type::string}, Type::string), untitle},
    {"swapcase", Signature::of({Type::string}, Type::string), swapcase},
    {"camelcase", Signature::of({Type::string}, Type::string), camelcase},
    {"snakecase", Signature::of({Type::string}, Type::string), snakecase},
    {"kebabcase", Signature::of({Type::string}, Type::string), kebabcase},
});

}  // namespace

const std::span<const gotmpl::Function> text_case_functions = table;

}  // namespace rhumb::funcs
