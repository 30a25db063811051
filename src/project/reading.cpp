#include "project/reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "rhumb/base/path.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/suggest.h"
#include "rhumb/base/unicode.h"
#include "rhumb/base/utf8.h"

namespace rhumb::project {
namespace {

constexpr std::size_t longest_shown = 60;
constexpr std::size_t most_problems = 20;
constexpr std::size_t most_suggestions = 200;

}  // namespace

std::string shown(std::string_view text) {
  std::string out = "'";
  std::size_t used = 0;
  for (const utf8::Rune rune : utf8::Runes(text)) {
    if (used + rune.width > longest_shown) return out + "...'";
    const std::string_view part = text.substr(used, rune.width);
    if (!rune.invalid() && unicode::is_print(rune.value)) {
      out += part;
    } else {
      const std::string quoted = strings::quoted(part);
      out.append(quoted, 1, quoted.size() - 2);
    }
    used += rune.width;
  }
  return out + "'";
}

std::string shown(const Node& node) {
  if (!node.is_text()) return std::string(kind_name(node));
  return (node.quoted ? "the text " : "") + shown(node.text);
}

std::string alternatives(std::span<const std::string_view> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

Reading::Reading(const std::string& path, const FileSystem& files, const Sources& sources,
                 const RuleCatalogue& catalogue)
    : files_(files), sources_(sources), catalogue_(catalogue), folder_(path::directory(path)) {}

void Reading::complain(Span span, std::string message) { problems_.try_emplace(span.begin, span, std::move(message)); }

Diagnostic Reading::problems() const {
  Diagnostic all;
  std::size_t count = 0;
  for (const auto& [place, problem] : problems_) {
    if (count == most_problems) {
      all.message += fmt::format("\nand {} more", problems_.size() - count);
      break;
    }
    const Diagnostic one = error_at(sources_, problem.first, problem.second);
    if (count++ == 0) {
      all = one;
    } else {
      all.message += "\n" + one.message;
    }
  }
  return all;
}

bool Reading::spend(std::size_t weight, Span span) {
  if (weight <= budget_) {
    budget_ -= weight;
    return true;
  }
  complain(span, "what the charts and environments have in common comes to too much, taken once for each of them");
  budget_ = 0;
  return false;
}

std::string Reading::path_of(const std::string& text) const {
  return path::is_absolute(text) ? path::clean(text) : path::join(folder_, text);
}

std::string Reading::suggest(std::string_view name, std::span<const std::string_view> candidates) const {
  return problems_.size() < most_suggestions ? did_you_mean(name, candidates) : std::string();
}

std::string Reading::suggest_file(const std::string& text) const {
  if (problems_.size() >= most_suggestions) return {};
  const auto beside = files_.list(path::directory(path_of(text)));
  if (!beside) return {};
  const std::vector<std::string_view> names(beside->begin(), beside->end());
  const std::string_view found = nearest(path::base(text), names);
  if (found.empty() || found == path::base(text)) return {};
  const std::string folder = path::directory(text);
  return "; did you mean " + shown(folder == "." ? std::string(found) : path::join(folder, found)) + "?";
}

void Reading::check_twice(const Node& node) {
  std::map<std::string_view, Span> seen;
  for (const auto& [key, value] : node.entries) {
    const auto [first, is_new] = seen.try_emplace(key->text, key->span);
    if (is_new) continue;
    const std::uint32_t line = sources_.get(key->span.file).line_column(first->second.begin).line;
    complain(key->span, fmt::format("the key {} is given twice, first in line {}", shown(key->text), line));
  }
}

bool Reading::check_keys(const Node& node, std::string_view what, std::span<const std::string_view> known) {
  if (!node.is_map()) {
    complain(node.span, fmt::format("{} must be a map, not {}", what, kind_name(node)));
    return false;
  }
  check_twice(node);
  for (const auto& [key, value] : node.entries) {
    if (std::find(known.begin(), known.end(), key->text) != known.end()) continue;
    std::string advice = suggest(key->text, known);
    if (key->text == "<<") advice = "; keys are not merged here, see 'defaults'";
    if (advice.empty()) advice = "; known here: " + fmt::format("{}", fmt::join(known, ", "));
    complain(key->span, fmt::format("unknown key {}{}", shown(key->text), advice));
  }
  return true;
}

std::optional<std::string> Reading::text(Given given) {
  if (!given.node.is_text()) {
    complain(given.node.span, fmt::format("'{}' must be text, not {}", given.name, kind_name(given.node)));
    return std::nullopt;
  }
  if (given.node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    complain(given.node.span, fmt::format("'{}' is empty", given.name));
    return std::nullopt;
  }
  return given.node.text;
}

std::optional<bool> Reading::boolean(Given given) {
  if (given.node.is_text() && !given.node.quoted && given.node.text == "true") return true;
  if (given.node.is_text() && !given.node.quoted && given.node.text == "false") return false;
  complain(given.node.span, fmt::format("'{}' must be true or false, not {}", given.name, shown(given.node)));
  return std::nullopt;
}

std::vector<const Node*> Reading::texts(Given given) {
  std::vector<const Node*> found;
  if (given.node.is_null()) return found;
  if (!given.node.is_list()) {
    complain(given.node.span, fmt::format("'{}' must be a list, not {}", given.name, kind_name(given.node)));
    return found;
  }
  for (const Node* const item : given.node.items) {
    if (!item->is_text()) {
      complain(item->span, fmt::format("'{}' must be a list of texts, not of {}", given.name, kind_name(*item)));
    } else if (item->text.empty()) {
      complain(item->span, fmt::format("'{}' holds an empty text", given.name));
    } else {
      found.push_back(item);
    }
  }
  return found;
}

void Reading::append_texts(Given given, std::vector<std::string>& into) {
  for (const Node* const item : texts(given)) into.push_back(item->text);
}

std::optional<std::size_t> Reading::choice_of(std::string_view name, const Node& node,
                                              std::span<const std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), node.text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  complain(node.span, fmt::format("'{}' must be {}, not {}{}", name, alternatives(names), shown(node.text),
                                  suggest(node.text, names)));
  return std::nullopt;
}

std::optional<std::size_t> Reading::choice(Given given, std::span<const std::string_view> names) {
  if (!text(given)) return std::nullopt;
  return choice_of(given.name, given.node, names);
}

}  // namespace rhumb::project
