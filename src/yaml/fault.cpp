#include "fault.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace rhumb::yaml {
namespace {

enum class State : std::uint8_t {
  first_document,
  document_start,
  document_content,
  document_end,
  block_sequence_entry,
  indentless_entry,
  block_key,
  block_value,
  flow_entry,
  first_flow_entry,
  pair_key,
  pair_value,
  pair_end,
  flow_key,
  first_flow_key,
  flow_value,
  empty_flow_value,
  done,
};

bool is_one(TokenKind kind, std::initializer_list<TokenKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// What go-yaml's parser is made of, without its events. Each step ends where an event would be handed over.
class FaultFinder {
 public:
  explicit FaultFinder(std::string_view text) : scanner_(text) {}

  FaultSearch find() {
    if (peek()) {
      scanner_.skip();
      while (state_ != State::done && step()) {
      }
    }
    return std::move(search_);
  }

 private:
  bool peek() {
    token_ = scanner_.peek();
    if (token_ == nullptr) search_.fault = scanner_.fault();
    return token_ != nullptr;
  }

  bool skip_and_peek() {
    scanner_.skip();
    return peek();
  }

  bool is(std::initializer_list<TokenKind> kinds) const { return is_one(token_->kind, kinds); }

  bool fail(std::string_view problem, std::size_t line) {
    search_.fault = Fault{std::string(problem), line, false};
    return false;
  }

  bool fail(std::string_view problem) { return fail(problem, token_->line); }

  bool go_to(State state) {
    state_ = state;
    return true;
  }

  bool go_back() {
    state_ = states_.back();
    states_.pop_back();
    return true;
  }

  bool close() {
    scanner_.skip();
    return go_back();
  }

  bool start_document(bool implicit);
  bool read_directives();
  bool add_handle(std::string_view handle, std::size_t line);
  bool step();
  bool read_node(bool block, bool indentless, State next);
  bool read_properties(bool& any);
  bool start_content(bool block, bool indentless, bool properties);
  bool read_document_content();
  bool end_document();
  bool read_block_entry();
  bool read_indentless_entry();
  bool read_block_key();
  bool read_block_value();
  bool read_flow_entry(bool first);
  bool read_pair_key();
  bool read_pair_value();
  bool read_flow_key(bool first);
  bool read_flow_value();

  TokenScanner scanner_;
  const Token* token_ = nullptr;
  State state_ = State::first_document;
  std::vector<State> states_;
  std::vector<std::string_view> handles_;
  std::unordered_set<std::string_view> anchors_;
  FaultSearch search_;
};

bool FaultFinder::start_document(bool implicit) {
  while (!implicit && token_->kind == TokenKind::document_end) {
    if (!skip_and_peek()) return false;
  }
  if (token_->kind == TokenKind::stream_end) return go_to(State::done);
  if (implicit && !is({TokenKind::version_directive, TokenKind::tag_directive, TokenKind::document_start})) {
    return read_node(true, false, State::document_end);
  }
  if (!read_directives()) return false;
  if (token_->kind != TokenKind::document_start) return fail("did not find expected <document start>");
  scanner_.skip();
  return go_to(State::document_content);
}

bool FaultFinder::read_directives() {
  bool has_version = false;
  while (is({TokenKind::version_directive, TokenKind::tag_directive})) {
    if (token_->kind == TokenKind::tag_directive) {
      if (!add_handle(token_->name, token_->line)) return false;
    } else {
      if (has_version) return fail("found duplicate %YAML directive");
      if (!token_->is_version_1_1) return fail("found incompatible YAML document");
      has_version = true;
    }
    if (!skip_and_peek()) return false;
  }
  return true;
}

bool FaultFinder::add_handle(std::string_view handle, std::size_t line) {
  if (std::find(handles_.begin(), handles_.end(), handle) != handles_.end()) {
    return fail("found duplicate %TAG directive", line);
  }
  handles_.push_back(handle);
  return true;
}

bool FaultFinder::step() {
  if (!peek()) return false;
  switch (state_) {
    case State::first_document: return start_document(true);
    case State::document_start: return start_document(false);
    case State::document_content: return read_document_content();
    case State::document_end: return end_document();
    case State::block_sequence_entry: return read_block_entry();
    case State::indentless_entry: return read_indentless_entry();
    case State::block_key: return read_block_key();
    case State::block_value: return read_block_value();
    case State::flow_entry: return read_flow_entry(false);
    case State::first_flow_entry: return read_flow_entry(true);
    case State::pair_key: return read_pair_key();
    case State::pair_value: return read_pair_value();
    case State::pair_end: return go_to(State::flow_entry);
    case State::flow_key: return read_flow_key(false);
    case State::first_flow_key: return read_flow_key(true);
    case State::flow_value: return read_flow_value();
    case State::empty_flow_value: return go_to(State::flow_key);
    case State::done: return true;
  }
  return true;
}

bool FaultFinder::read_document_content() {
  if (is({TokenKind::version_directive, TokenKind::tag_directive, TokenKind::document_start, TokenKind::document_end,
          TokenKind::stream_end})) {
    return go_to(State::document_end);
  }
  return read_node(true, false, State::document_end);
}

bool FaultFinder::end_document() {
  if (token_->kind == TokenKind::document_end) {
    scanner_.skip();
  } else if (search_.documents == 0 && !is({TokenKind::document_start, TokenKind::stream_end})) {
    search_.cut = scanner_.skipped_to();
  }
  ++search_.documents;
  handles_.clear();
  anchors_.clear();
  return go_to(State::document_start);
}

bool FaultFinder::read_node(bool block, bool indentless, State next) {
  if (token_->kind == TokenKind::alias) {
    // The caller of the parser does this, as soon as it has the event.
    if (!anchors_.contains(token_->name)) {
      return fail("unknown anchor '" + std::string(token_->name) + "' referenced", 0);
    }
    scanner_.skip();
    return go_to(next);
  }
  bool properties = false;
  if (!read_properties(properties)) return false;
  states_.push_back(next);
  return start_content(block, indentless, properties);
}

// An anchor and a tag, in either order.
bool FaultFinder::read_properties(bool& any) {
  bool has_anchor = false;
  bool has_tag = false;
  std::string_view anchor;
  std::string_view handle;
  std::size_t line = 0;
  for (;;) {
    if (token_->kind == TokenKind::anchor && !has_anchor) {
      has_anchor = true;
      anchor = token_->name;
    } else if (token_->kind == TokenKind::tag && !has_tag) {
      has_tag = true;
      handle = token_->name;
      line = token_->line;
    } else {
      break;
    }
    if (!skip_and_peek()) return false;
  }
  any = has_anchor || has_tag;
  const bool is_known = handle.empty() || handle == "!" || handle == "!!" ||
                        std::find(handles_.begin(), handles_.end(), handle) != handles_.end();
  if (!is_known) return fail("found undefined tag handle", line);
  if (has_anchor) anchors_.insert(anchor);
  return true;
}

bool FaultFinder::start_content(bool block, bool indentless, bool properties) {
  const TokenKind kind = token_->kind;
  if (indentless && kind == TokenKind::block_entry) return go_to(State::indentless_entry);
  if (kind == TokenKind::scalar) return close();
  State inside = State::done;
  if (kind == TokenKind::flow_sequence_start) inside = State::first_flow_entry;
  if (kind == TokenKind::flow_mapping_start) inside = State::first_flow_key;
  if (block && kind == TokenKind::block_sequence_start) inside = State::block_sequence_entry;
  if (block && kind == TokenKind::block_mapping_start) inside = State::block_key;
  if (inside != State::done) {
    scanner_.skip();
    return go_to(inside);
  }
  return properties ? go_back() : fail("did not find expected node content");
}

bool FaultFinder::read_block_entry() {
  if (token_->kind == TokenKind::block_end) return close();
  if (token_->kind != TokenKind::block_entry) return fail("did not find expected '-' indicator");
  if (!skip_and_peek()) return false;
  if (is({TokenKind::block_entry, TokenKind::block_end})) return go_to(State::block_sequence_entry);
  return read_node(true, false, State::block_sequence_entry);
}

bool FaultFinder::read_indentless_entry() {
  if (token_->kind != TokenKind::block_entry) return go_back();
  if (!skip_and_peek()) return false;
  if (is({TokenKind::block_entry, TokenKind::key, TokenKind::value, TokenKind::block_end})) {
    return go_to(State::indentless_entry);
  }
  return read_node(true, false, State::indentless_entry);
}

bool FaultFinder::read_block_key() {
  if (token_->kind == TokenKind::block_end) return close();
  if (token_->kind != TokenKind::key) return fail("did not find expected key");
  if (!skip_and_peek()) return false;
  if (is({TokenKind::key, TokenKind::value, TokenKind::block_end})) return go_to(State::block_value);
  return read_node(true, true, State::block_value);
}

bool FaultFinder::read_block_value() {
  if (token_->kind != TokenKind::value) return go_to(State::block_key);
  if (!skip_and_peek()) return false;
  if (is({TokenKind::key, TokenKind::value, TokenKind::block_end})) return go_to(State::block_key);
  return read_node(true, true, State::block_key);
}

bool FaultFinder::read_flow_entry(bool first) {
  if (token_->kind == TokenKind::flow_sequence_end) return close();
  if (!first) {
    if (token_->kind != TokenKind::flow_entry) return fail("did not find expected ',' or ']'");
    if (!skip_and_peek()) return false;
  }
  if (token_->kind == TokenKind::key) {
    scanner_.skip();
    return go_to(State::pair_key);
  }
  if (token_->kind == TokenKind::flow_sequence_end) return close();
  return read_node(false, false, State::flow_entry);
}

// What stands in for a key is skipped, be it the end of the collection.
bool FaultFinder::read_pair_key() {
  if (!is({TokenKind::value, TokenKind::flow_entry, TokenKind::flow_sequence_end})) {
    return read_node(false, false, State::pair_value);
  }
  scanner_.skip();
  return go_to(State::pair_value);
}

bool FaultFinder::read_pair_value() {
  if (token_->kind == TokenKind::value) {
    if (!skip_and_peek()) return false;
    if (!is({TokenKind::flow_entry, TokenKind::flow_sequence_end})) return read_node(false, false, State::pair_end);
  }
  return go_to(State::pair_end);
}

bool FaultFinder::read_flow_key(bool first) {
  if (token_->kind == TokenKind::flow_mapping_end) return close();
  if (!first) {
    if (token_->kind != TokenKind::flow_entry) return fail("did not find expected ',' or '}'");
    if (!skip_and_peek()) return false;
  }
  if (token_->kind == TokenKind::key) {
    if (!skip_and_peek()) return false;
    if (is({TokenKind::value, TokenKind::flow_entry, TokenKind::flow_mapping_end})) return go_to(State::flow_value);
    return read_node(false, false, State::flow_value);
  }
  if (token_->kind == TokenKind::flow_mapping_end) return close();
  return read_node(false, false, State::empty_flow_value);
}

bool FaultFinder::read_flow_value() {
  if (token_->kind == TokenKind::value) {
    if (!skip_and_peek()) return false;
    if (!is({TokenKind::flow_entry, TokenKind::flow_mapping_end})) return read_node(false, false, State::flow_key);
  }
  return go_to(State::flow_key);
}

}  // namespace

FaultSearch find_fault(std::string_view text) { return FaultFinder(text).find(); }

}  // namespace rhumb::yaml
