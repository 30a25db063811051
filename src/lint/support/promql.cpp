#include "lint/support/promql.h"

#include <algorithm>

#include "rhumb/base/limits.h"
#include "rhumb/base/regex.h"

namespace rhumb::lint {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<MetricSelector> scan() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'' || c == '`') {
        quoted();
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (is_word(c)) {
        word();
      } else {
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  std::string quoted() {
    const char quote = text_[at_++];
    std::string out;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (quote != '`' && text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_++];
    }
    ++at_;
    return out;
  }

  std::string_view run_of_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void skip_blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  /// A metric, a function or a keyword. Metrics of Kubernetes all have an underscore; keywords have none.
  void word() {
    const std::string_view name = run_of_word();
    skip_blanks();
    const char next = at_ < text_.size() ? text_[at_] : '\0';
    if (next == '(' || name.find('_') == std::string_view::npos) return;
    MetricSelector selector{std::string(name), {}};
    if (next == '{') matchers(selector);
    found_.push_back(std::move(selector));
  }

  void matchers(MetricSelector& selector) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '}') {
      if (!is_word(text_[at_])) {
        ++at_;
        continue;
      }
      MetricMatcher matcher;
      matcher.label = run_of_word();
      skip_blanks();
      while (at_ < text_.size() && (text_[at_] == '=' || text_[at_] == '!' || text_[at_] == '~')) {
        matcher.op += text_[at_++];
      }
      skip_blanks();
      if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'' || text_[at_] == '`'))
        matcher.value = quoted();
      selector.matchers.push_back(std::move(matcher));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<MetricSelector> found_;
};

bool matches_whole(const std::string& pattern, std::string_view value) {
  const Regex regex({}, "^(?:" + pattern + ")$");
  // What cannot be read matches whatever was meant.
  return !regex.error().empty() || RegexSubject(regex, value).matches();
}

}  // namespace

bool MetricSelector::admits(std::string_view label, std::string_view value) const {
  for (const MetricMatcher& matcher : matchers) {
    if (matcher.label != label) continue;
    const bool is_pattern = matcher.op.ends_with('~');
    const bool is_same = is_pattern ? matches_whole(matcher.value, value) : matcher.value == value;
    if (is_same == matcher.op.starts_with('!')) return false;
  }
  return true;
}

std::vector<MetricSelector> metric_selectors(std::string_view expression) { return Scanner(expression).scan(); }

}  // namespace rhumb::lint
