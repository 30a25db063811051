#include "project/document.h"

#include <fmt/format.h>
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>

#include "rhumb/base/strings.h"
#include "rhumb/base/utf8.h"
#include "rhumb/yaml/events.h"

namespace rhumb::project {
namespace {

constexpr const char* not_yaml = "this is not YAML: ";

/// What ends the reading from within yaml-cpp.
struct Refusal {
  Span span;
  std::string message;
};

bool is_standard_string_tag(const std::string& tag) { return tag == "!" || tag == "tag:yaml.org,2002:str"; }

/// Makes nodes of events.
class Builder final : public YAML::EventHandler {
 public:
  Builder(std::deque<Node>& nodes, FileId file, std::string_view text, const DocumentLimits& limits)
      : nodes_(nodes), file_(file), text_(text), limits_(limits) {}

  const Node* root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) refuse(place(mark), "a second document: rhumb.yaml is one");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node& node = make(Node::Kind::null, mark);
    node.span = null_place(node.span);
    finish(node, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) refuse(place(mark), "an alias within what it stands for");
    attach(*found->second, place(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node& node = make(Node::Kind::text, mark);
    node.quoted = is_standard_string_tag(tag);
    if (!node.quoted) check_tag(tag, node.span);
    if (!utf8::valid(value) || value.find('\0') != std::string::npos) {
      refuse(node.span, "a text that is not UTF-8, or holds a NUL");
    }
    node.text = value;
    node.span.end = node.span.begin + written_length(node);
    finish(node, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node* node;
    YAML::anchor_t anchor;
    const Node* key = nullptr;  // of a map, when its value is still to come
  };

  [[noreturn]] static void refuse(Span span, std::string message) { throw Refusal{span, std::move(message)}; }

  Span place(const YAML::Mark& mark) const {
    const std::size_t at = mark.is_null() ? 0 : static_cast<std::size_t>(mark.pos);
    const auto begin = static_cast<std::uint32_t>(std::min(at, text_.size()));
    return {file_, begin, begin};
  }
  /// Where nothing is written yaml-cpp is at the next token already: the colon or dash before it is what counts.
  Span null_place(Span span) const {
    const std::string_view rest = text_.substr(span.begin);
    if (rest.starts_with('~') || rest.starts_with('n') || rest.starts_with('N')) return span;
    const std::size_t before = text_.substr(0, span.begin).find_last_not_of(" \t\r\n");
    if (before == std::string_view::npos) return span;
    const auto begin = static_cast<std::uint32_t>(before);
    return {file_, begin, begin + 1};
  }
  /// To the end of the text where it is written as it is, else of the line.
  std::uint32_t written_length(const Node& node) const {
    const std::string_view rest = text_.substr(node.span.begin);
    if (!node.quoted && rest.starts_with(node.text)) return static_cast<std::uint32_t>(node.text.size());
    return static_cast<std::uint32_t>(std::min(rest.find_first_of("\r\n"), rest.size()));
  }
  static void check_tag(const std::string& tag, Span span) {
    if (!tag.empty() && tag != "?") refuse(span, "tags have no meaning here");
  }

  Node& make(Node::Kind kind, const YAML::Mark& mark) {
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.span = place(mark);
    return node;
  }
  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Node& node = make(kind, mark);
    if (tag != "!") check_tag(tag, node.span);
    if (open_.size() >= limits_.depth) {
      refuse(node.span, fmt::format("nested more than {} levels deep", limits_.depth));
    }
    open_.push_back({&node, anchor});
  }
  void close() {
    const Open done = open_.back();
    open_.pop_back();
    finish(*done.node, done.anchor);
  }
  void finish(const Node& node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
    attach(node, node.span);
  }
  /// Gives a node that is whole to the collection that is open.
  void attach(const Node& node, Span span) {
    if (open_.empty()) {
      root_ = &node;
      return;
    }
    Open& parent = open_.back();
    parent.node->weight += node.weight;
    if (parent.node->weight > limits_.nodes) {
      refuse(span, fmt::format("more than {} entries, aliases followed", limits_.nodes));
    }
    if (parent.node->is_list()) {
      parent.node->items.push_back(&node);
    } else if (parent.key == nullptr) {
      if (!node.is_text()) refuse(span, fmt::format("a key must be text, not {}", kind_name(node)));
      parent.key = &node;
    } else {
      parent.node->entries.emplace_back(parent.key, &node);
      parent.key = nullptr;
    }
  }

  std::deque<Node>& nodes_;
  FileId file_;
  std::string_view text_;
  const DocumentLimits& limits_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, const Node*> anchors_;
  const Node* root_ = nullptr;
  int documents_ = 0;
};

/// yaml-cpp takes UTF-16 for itself, and U+0004 for the end of the file. Line breaks beyond ASCII are none to it, but
/// are to whoever writes what it read.
void check_characters(FileId file, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Rune rune = utf8::decode(text.substr(at));
    const auto begin = static_cast<std::uint32_t>(at);
    if (rune.invalid()) throw Refusal{{file, begin, begin + 1}, "a byte that is not UTF-8"};
    const bool is_control = (rune.value < 0x20 && rune.value != '\t' && rune.value != '\n' && rune.value != '\r') ||
                            (rune.value >= 0x7F && rune.value < 0xA0 && rune.value != 0x85);
    if (is_control) {
      throw Refusal{{file, begin, begin + 1},
                    fmt::format("the control character U+{:04X}", static_cast<std::uint32_t>(rune.value))};
    }
    if (rune.value == 0x85 || rune.value == 0x2028 || rune.value == 0x2029) {
      throw Refusal{{file, begin, begin + static_cast<std::uint32_t>(rune.width)},
                    fmt::format("U+{0:04X}, which is a line break to some readers of YAML and not to others: write "
                                "\\u{0:04X} between double quotes",
                                static_cast<std::uint32_t>(rune.value))};
    }
    at += rune.width;
  }
}

void parse(std::string_view text, FileId file, Builder& builder) {
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& problem) {
    const std::size_t at = problem.mark.is_null() ? 0 : static_cast<std::size_t>(problem.mark.pos);
    const auto begin = static_cast<std::uint32_t>(std::min(at, text.size()));
    throw Refusal{{file, begin, begin}, std::string(not_yaml) + problem.msg};
  }
}

std::uint32_t line_begin(std::string_view text, std::size_t line) {
  std::size_t at = 0;
  for (; line > 1; --line) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return static_cast<std::uint32_t>(at);
}

/// yaml-cpp takes texts that no other reader does: quotes that stay open, for one.
void check_syntax(std::string_view text, FileId file) {
  yaml::EventReader reader(text);
  yaml::Event event;
  do {
    if (reader.next(event)) continue;
    std::string_view message = strings::trim_prefix(reader.error(), "yaml: ");
    std::size_t line = 1;
    if (message.starts_with("line ")) {
      const std::size_t colon = std::min(message.find(": "), message.size() - 2);
      line = std::strtoul(std::string(message.substr(5)).c_str(), nullptr, 10);
      message.remove_prefix(colon + 2);
    }
    const std::uint32_t begin = line_begin(text, line);
    throw Refusal{{file, begin, begin}, std::string(not_yaml) + std::string(message)};
  } while (event.kind != yaml::EventKind::stream_end);
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, value] : entries) {
    if (name->text == key) return value;
  }
  return nullptr;
}

std::string_view kind_name(const Node& node) {
  switch (node.kind) {
    case Node::Kind::text: return "text";
    case Node::Kind::list: return "a list";
    case Node::Kind::map: return "a map";
    default: return "nothing";
  }
}

Diagnostic error_at(const Sources& sources, Span span, std::string_view message) {
  const SourceText& source = sources.get(span.file);
  const LineColumn place = source.line_column(span.begin);
  return error(fmt::format("{}:{}:{}: {}", source.name(), place.line, place.column, message), span);
}

Result<Document> Document::read(FileId file, const Sources& sources, const DocumentLimits& limits) {
  const std::string_view text = sources.get(file).text();
  Document document;
  try {
    if (text.size() > limits.bytes) throw Refusal{{file, 0, 0}, fmt::format("more than {} bytes", limits.bytes)};
    check_characters(file, text);
    Builder builder(document.nodes_, file, text, limits);
    parse(text, file, builder);
    check_syntax(text, file);
    document.root_ = builder.root();
  } catch (const Refusal& refusal) {
    return error_at(sources, refusal.span, refusal.message);
  }
  if (document.root_ == nullptr || document.root_->is_null()) {
    Node& empty = document.nodes_.emplace_back();
    empty.kind = Node::Kind::map;
    empty.span = {file, 0, 0};
    document.root_ = &empty;
  }
  if (!document.root_->is_map()) {
    return error_at(sources, document.root_->span, fmt::format("must be a map, not {}", kind_name(*document.root_)));
  }
  return document;
}

}  // namespace rhumb::project
