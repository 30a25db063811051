#include "lint/support/credentials.h"

#include <algorithm>

#include "lint/support/assignments.h"
#include "lint/support/credential_names.h"
#include "lint/support/credential_values.h"
#include "lint/support/embedded_credentials.h"
#include "lint/support/token_formats.h"
#include "rhumb/base/mask.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

/// Shorter ones are rather words.
constexpr std::size_t least_key_bytes = 8;

bool overlaps(const Credential& a, const Credential& b) {
  return a.begin < b.begin + b.size && b.begin < a.begin + a.size;
}

void add(std::vector<Credential>& found, Credential credential) {
  const auto meets = [&](const Credential& other) { return overlaps(other, credential); };
  if (std::none_of(found.begin(), found.end(), meets)) found.push_back(std::move(credential));
}

/// The value of a key that may as well be the name of a Secret must ask to be replaced in so many words.
bool asks_to_be_replaced(std::string_view value) {
  const std::string lower = strings::to_lower(value);
  for (const std::string_view word : {"change", "replace", "your", "xxx", "placeholder", "insert", "todo"}) {
    if (strings::contains(lower, word)) return true;
  }
  return false;
}

bool is_password(const NameVerdict& name, std::string_view value, ValueWeight weight, Sink sink) {
  if (!name.certain) return weight == ValueWeight::strong;
  if (weight != ValueWeight::name) return weight > ValueWeight::name;
  // "redis-password" in a values file is the key of a Secret.
  return sink != Sink::field || judge_name(value).weight == NameWeight::none;
}

bool is_key(const NameVerdict& name, std::string_view value, ValueWeight weight, Sink sink) {
  if (weight == ValueWeight::strong) return true;
  if (!name.certain || weight != ValueWeight::weak || sink == Sink::field) return false;
  if (sink == Sink::secret) return true;
  return value.size() >= least_key_bytes && value.find_first_not_of("0123456789") != std::string_view::npos;
}

bool is_credential(const NameVerdict& name, std::string_view value, ValueWeight weight, Sink sink) {
  switch (name.weight) {
    case NameWeight::password: return is_password(name, value, weight, sink);
    case NameWeight::key: return is_key(name, value, weight, sink);
    case NameWeight::hint: return weight == ValueWeight::strong && entropy(value) >= 3;
    case NameWeight::none: break;
  }
  return false;
}

/// "redis-password" in a field: what the key in a Secret is called.
bool may_name_a_key(std::string_view value, Sink sink) {
  return sink == Sink::field && value.find_first_of("-_.") != std::string_view::npos && says_what_it_is(value);
}

bool is_default(const NameVerdict& name, std::string_view value, ValueWeight weight, Sink sink) {
  if (weight != ValueWeight::placeholder || !name.certain || may_name_a_key(value, sink)) return false;
  if (value.front() == '<') return false;  // a gap in a form, not a default
  return name.weight == NameWeight::password || (name.weight == NameWeight::key && asks_to_be_replaced(value));
}

/// `value` as it is read; begin and size as it stands in the text.
void add_named(std::vector<Credential>& found, std::string_view name, std::string_view value, std::size_t begin,
               std::size_t size, Sink sink) {
  const NameVerdict verdict = judge_name(name);
  if (verdict.weight == NameWeight::none) return;
  const std::vector<std::string> words = words_of(name);
  const bool repeats_name = strings::equal_fold(value, name) || strings::equal_fold(value, words.back());
  if (repeats_name && (sink == Sink::field || verdict.weight != NameWeight::password)) return;
  const ValueWeight weight = judge_value(value);
  const bool is_placeholder = is_default(verdict, value, weight, sink);
  if (!is_placeholder && !is_credential(verdict, value, weight, sink)) return;
  add(found, {"the value of \"" + std::string(name) + "\"", begin, size, std::string(value), is_placeholder});
}

bool has_assignments(std::string_view value) {
  return value.find_first_of("=\n{[<") != std::string_view::npos || value.find(": ") != std::string_view::npos;
}

void add_known(std::vector<Credential>& found, std::string_view value) {
  // The longest first: what looks like a token within a private key is a piece of it.
  std::vector<Credential> all = find_embedded(value);
  for (const TokenMatch& token : find_tokens(value)) {
    all.push_back(
        {std::string(token.what), token.begin, token.size, std::string(value.substr(token.begin, token.size))});
  }
  std::stable_sort(all.begin(), all.end(), [](const Credential& a, const Credential& b) { return a.size > b.size; });
  for (Credential& credential : all) add(found, std::move(credential));
}

void add_assigned(std::vector<Credential>& found, std::string_view value, Sink sink) {
  if (!has_assignments(value)) return;
  for (const Assignment& assignment : assignments_in(value)) {
    if (assignment.value.empty()) continue;
    // Fields of a document name Secrets as those of objects do.
    const Sink own = assignment.in_document ? Sink::field : sink;
    add_named(found, assignment.name, assignment.value, assignment.begin, assignment.size, own);
  }
}

void sort(std::vector<Credential>& found) {
  std::sort(found.begin(), found.end(), [](const Credential& a, const Credential& b) { return a.begin < b.begin; });
}

}  // namespace

std::vector<Credential> find_credentials(std::string_view name, std::string_view value, Sink sink) {
  std::vector<Credential> found;
  if (value.empty()) return found;
  add_known(found, value);
  const bool is_line = value.find('\n') == std::string_view::npos;
  if (found.empty() && is_line) add_named(found, name, value, 0, value.size(), sink);
  if (found.empty() || !is_line) add_assigned(found, value, sink == Sink::field ? Sink::assignment : sink);
  if (found.empty() && sink == Sink::secret && is_random_text(value)) {
    found.push_back({"a random text", 0, value.size(), std::string(value), false});
  }
  sort(found);
  return found;
}

std::vector<Credential> find_credentials_in_argument(std::string_view flag, std::string_view argument) {
  std::vector<Credential> found;
  add_known(found, argument);
  const bool is_flag = argument.starts_with('-');
  const std::size_t equal = argument.find('=');
  if (is_flag && equal != std::string_view::npos && argument.find_first_of(" \n") == std::string_view::npos) {
    const std::string_view name = strings::trim_left(argument.substr(0, equal), "-");
    // Flags name Secrets more often than they hold one.
    add_named(found, name, argument.substr(equal + 1), equal + 1, argument.size() - equal - 1, Sink::field);
  } else if (!is_flag && flag.starts_with("--") && flag.find('=') == std::string_view::npos) {
    add_named(found, strings::trim_left(flag, "-"), argument, 0, argument.size(), Sink::field);
  } else if (found.empty() || argument.find('\n') != std::string_view::npos) {
    add_assigned(found, argument, Sink::assignment);
  }
  sort(found);
  return found;
}

std::string masked(std::string_view credential) {
  const std::size_t shown = shown_of_secret(credential.size());
  std::string out;
  for (const char c : credential.substr(0, shown)) out += c > ' ' && c <= '~' ? c : '?';
  return out + "... (" + std::to_string(credential.size()) + " characters)";
}

}  // namespace rhumb::lint
