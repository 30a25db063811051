#include "lint/support/assignments.h"

#include <algorithm>

#include "rhumb/base/stack.h"
#include "rhumb/base/strings.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::lint {
namespace {

/// Longer than any value of one line that would be looked at.
constexpr std::size_t most_value_bytes = 1024;
constexpr std::size_t npos = std::string_view::npos;

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_quote(char c) { return c == '"' || c == '\''; }

/// The leaves of a document, names being their keys.
class TreeWalk {
 public:
  TreeWalk(std::vector<Assignment>& found, std::size_t offset) : found_(found), offset_(offset) {}

  void walk(yaml::NodeRef node, std::string_view name) {
    check_stack("reading a document within a value");
    if (node.is_map()) return walk_map(node);
    if (node.is_list()) {
      for (const yaml::NodeRef item : node) walk(item, name);
    } else if (node.is_scalar()) {
      const yaml::TreeNode& at = *node.node();
      const bool is_quoted =
          at.style == yaml::ScalarStyle::single_quoted || at.style == yaml::ScalarStyle::double_quoted;
      const std::size_t quote = is_quoted && at.end - at.begin >= 2 ? 1 : 0;
      found_.push_back(
          {std::string(name), std::string(at.text), offset_ + at.begin + quote, at.end - at.begin - 2 * quote});
    }
  }

 private:
  /// {name: DB_PASSWORD, value: ...} is an assignment of its own.
  void walk_map(yaml::NodeRef map) {
    const std::string_view own = map["name"].text();
    for (const yaml::NodeRef entry : map) {
      walk(entry, entry.key() == "value" && !own.empty() && entry.is_scalar() ? own : entry.key());
    }
  }

  std::vector<Assignment>& found_;
  std::size_t offset_;
};

/// "[options]" and lines of another language behind it: the reader stops where the first document ends.
bool ends_with_document(std::string_view text, yaml::NodeRef root) {
  const char first = text[root.node()->begin];
  if (first != '[' && first != '{') return true;
  const std::string_view rest = strings::trim_space(text.substr(root.node()->end));
  return rest.empty() || rest.starts_with('#') || rest.starts_with("...");
}

/// Of every document of the text; false where it is none.
bool read_documents(std::vector<Assignment>& found, std::string_view text) {
  bool is_document = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t next = text.find("\n---", begin);
    const std::size_t end = next == npos ? text.size() : next + 1;
    const auto tree = yaml::Tree::read(text.substr(begin, end - begin));
    if (!tree) return false;
    const yaml::NodeRef root = tree->root();
    if (root && !root.is_map() && !root.is_list()) return false;
    if (root && !ends_with_document(text.substr(begin, end - begin), root)) return false;
    is_document = is_document || root.exists();
    TreeWalk(found, begin).walk(root, "");
    begin = end;
  }
  return is_document;
}

/// <password>x</password>, <property name="password" value="x"/>, <server password="x"/>.
class XmlScan {
 public:
  XmlScan(std::vector<Assignment>& found, std::string_view text) : found_(found), text_(text) {}

  void scan() {
    for (std::size_t at = text_.find('<'); at != npos; at = text_.find('<', at)) {
      if (text_.substr(at, 4) == "<!--") {
        at = text_.find("-->", at);
        continue;
      }
      const std::size_t end = text_.find('>', at);
      if (end == npos) return;
      read_tag(at + 1, end);
      at = end;
    }
  }

 private:
  void read_tag(std::size_t begin, std::size_t end) {
    std::size_t at = begin;
    while (at < end && is_name(text_[at])) ++at;
    const std::string_view tag = text_.substr(begin, at - begin);
    if (tag.empty()) return;
    read_attributes(at, end);
    const std::size_t close = std::min(text_.find('<', end), text_.size());
    const std::string_view content = strings::trim_space(text_.substr(end + 1, close - end - 1));
    if (!content.empty() && text_[end - 1] != '/') {
      add(tag, content, static_cast<std::size_t>(content.data() - text_.data()));
    }
  }

  void read_attributes(std::size_t at, std::size_t end) {
    std::string_view named;
    while (at < end) {
      while (at < end && !is_name(text_[at])) ++at;
      const std::size_t begin = at;
      while (at < end && is_name(text_[at])) ++at;
      const std::string_view name = text_.substr(begin, at - begin);
      if (at + 1 >= end || text_[at] != '=' || !is_quote(text_[at + 1])) continue;
      const std::size_t close = text_.find(text_[at + 1], at + 2);
      if (close == npos || close > end) return;
      const std::string_view value = text_.substr(at + 2, close - at - 2);
      if (name == "name" || name == "key") named = value;
      add(name == "value" && !named.empty() ? named : name, value, at + 2);
      at = close + 1;
    }
  }

  void add(std::string_view name, std::string_view value, std::size_t begin) {
    found_.push_back({std::string(name), std::string(value), begin, value.size(), false});
  }

  std::vector<Assignment>& found_;
  std::string_view text_;
};

/// One line of a configuration file or a script.
class LineScan {
 public:
  LineScan(std::vector<Assignment>& found, std::string_view text, std::size_t begin, std::size_t end)
      : found_(found), text_(text.substr(0, end)), begin_(begin) {}

  void scan() {
    std::size_t at = skip_spaces(begin_);
    if (is_comment(at)) return;
    for (const std::string_view word : {"export ", "set ", "env ", "ENV ", "ARG ", "-e ", "- "}) {
      if (text_.substr(at, word.size()) == word) at = skip_spaces(at + word.size());
    }
    if (read_first(at)) return;
    for (std::size_t equal = text_.find('=', at); equal != npos; equal = text_.find('=', equal + 1)) read_inline(equal);
  }

 private:
  std::size_t skip_spaces(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at;
  }

  bool is_comment(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    return rest.empty() || rest.starts_with('#') || rest.starts_with(';') || rest.starts_with('!') ||
           rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with("*");
  }

  /// "name = value", "name: value", "name value": the line as a whole. False for a line that is something else.
  bool read_first(std::size_t at) {
    const bool quoted = at < text_.size() && is_quote(text_[at]);
    const std::size_t begin = quoted ? at + 1 : at;
    std::size_t end = begin;
    while (end < text_.size() && (is_name(text_[end]) || text_[end] == '/')) ++end;
    const std::string_view name = text_.substr(begin, end - begin);
    if (name.empty()) return false;
    if (quoted && end < text_.size() && is_quote(text_[end])) ++end;
    const std::size_t sign = skip_spaces(end);
    if (sign >= text_.size()) return true;
    if (text_[sign] == ':' || (text_[sign] == '=' && sign > end)) {
      std::size_t from = sign + 1;
      if (from < text_.size() && text_[from] == '=') ++from;  // of "::=" and ":="
      // A colon with something right behind it is an address, a label, a time.
      if (text_[sign] == ':' && from < text_.size() && !is_space(text_[from])) return false;
      add(name, skip_spaces(from), true);
      return true;
    }
    return text_[sign] != '=' && read_pair(name, sign);
  }

  /// "requirepass hunter2": two words and no more.
  bool read_pair(std::string_view name, std::size_t from) {
    const std::string_view rest = strings::trim_space(text_.substr(from));
    if (rest.find(' ') != npos || name.find('/') != npos || rest.find('=') != npos) return false;
    add(name, from, true);
    return true;
  }

  /// NAME=value anywhere: in a command, a connection string, a query.
  void read_inline(std::size_t equal) {
    std::size_t begin = equal;
    while (begin > begin_ && is_name(text_[begin - 1])) --begin;
    const std::string_view name = strings::trim_left(text_.substr(begin, equal - begin), "-");
    if (name.empty() || (equal + 1 < text_.size() && text_[equal + 1] == '=')) return;
    add(name, equal + 1, false);
  }

  /// The value from there on: what is within quotes, else up to the end of the word or, with `whole`, of the line.
  void add(std::string_view name, std::size_t from, bool whole) {
    if (from >= text_.size()) return;
    const std::string_view text = text_.substr(0, from + most_value_bytes);
    std::size_t end = text.size();
    if (is_quote(text[from])) {
      end = std::min(text.find(text[from], from + 1), text.size());
      ++from;
    } else if (whole) {
      end = std::min({end, text.find(" #", from), text.find(" //", from)});
    } else {
      end = std::min(text.find_first_of(" \t;&,|\"'`)<>", from), end);
    }
    // A value that goes on is no password, whatever it is.
    if (end <= from || (end == text.size() && end < text_.size())) return;
    const std::string_view value = strings::trim_right(text.substr(from, end - from), " \t\r,;");
    if (!value.empty()) found_.push_back({std::string(name), std::string(value), from, value.size(), false});
  }

  std::vector<Assignment>& found_;
  std::string_view text_;  // up to the end of the line
  std::size_t begin_;
};

void read_lines(std::vector<Assignment>& found, std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    LineScan(found, text, begin, end).scan();
    begin = end + 1;
  }
}

}  // namespace

std::vector<Assignment> assignments_in(std::string_view text) {
  std::vector<Assignment> found;
  const std::string_view core = strings::trim_space(text);
  if (core.empty()) return found;
  if (core.front() == '<') {
    XmlScan(found, text).scan();
    return found;
  }
  const bool may_be_document = core.front() == '{' || core.front() == '[' || strings::contains(text, "\n");
  if (may_be_document && read_documents(found, text)) return found;
  found.clear();
  read_lines(found, text);
  return found;
}

}  // namespace rhumb::lint
