#include "gotmpl/parser.h"

#include <fmt/format.h>

#include "gotmpl/node_text.h"
#include "rhumb/value/go_number.h"

namespace rhumb::gotmpl {

TreeParser::TreeParser(FileBuilder& file) : file_(file) { push_variable(0); }

const Token& TreeParser::next_non_space() {
  for (;;) {
    const Token& token = next();
    if (token.type != TokenType::space) return token;
  }
}

const Token& TreeParser::peek_non_space() {
  for (;;) {
    const Token& token = peek();
    if (token.type != TokenType::space) return token;
    next();
  }
}

/// Puts `first` back in front of the token that is there already.
void TreeParser::backup2(const Token& first) {
  tokens_[1] = first;
  peek_count_ = 2;
}

void TreeParser::backup3(const Token& first, const Token& second) {
  tokens_[1] = second;
  tokens_[2] = first;
  peek_count_ = 3;
}

Token TreeParser::expect(TokenType type, std::string_view context) {
  const Token token = next_non_space();
  if (token.type != type) unexpected(token, context);
  return token;
}

Diagnostic TreeParser::failure(std::string_view message) const {
  const Token& last = tokens_[0];
  const Span span{file_.id(), last.position, last.position + static_cast<std::uint32_t>(last.text.size())};
  const std::uint32_t line = line_of(file_.text(), last.position);
  return error(fmt::format("template: {}:{}: {}", file_.name(), line, message),
               last.type == TokenType::error ? Span{span.file, span.begin, span.begin} : span);
}

void TreeParser::fail(std::string_view message) const {
  file_.stack().clear_marks();
  throw ParseFailure{failure(message)};
}

void TreeParser::unexpected(const Token& token, std::string_view context) const {
  if (token.type != TokenType::error) fail(fmt::format("unexpected {} in {}", describe(token), context));
  std::string extra;
  const std::uint32_t action_line = action_ ? line_of(file_.text(), *action_) : 0;
  if (action_ && action_line != line_of(file_.text(), token.position)) {
    const std::string_view in_action = token.text.ends_with(" action") ? "" : " in action";
    extra = fmt::format("{} started at {}:{}", in_action, file_.name(), action_line);
  }
  fail(std::string(token.text) + extra);
}

void TreeParser::check_stack() const {
  if (file_.stack().low()) fail("nesting is too deep");
}

void TreeParser::push_variable(std::uint32_t id) {
  if (defined_count_.size() <= id) defined_count_.resize(id + 1);
  ++defined_count_[id];
  variables_.push_back(id);
}

void TreeParser::pop_variables(std::size_t count) {
  while (variables_.size() > count) {
    --defined_count_[variables_.back()];
    variables_.pop_back();
  }
}

/// As Tree.parse: an item list to the end of the text that may hold definitions.
void TreeParser::parse_file() {
  ListNode* const root = file_.make<ListNode>(peek().position);
  const std::size_t mark = file_.mark();
  while (peek().type != TokenType::eof) {
    if (peek().type == TokenType::left_delim) {
      const Token delim = next();
      if (next_non_space().type == TokenType::define) {
        TreeParser(file_).parse_definition();
        continue;
      }
      backup2(delim);
    }
    const Node* const node = text_or_action();
    if (node->type == NodeType::end || node->type == NodeType::else_) fail("unexpected " + to_string(*node));
    file_.push(node);
  }
  root->nodes = file_.take<Node>(mark);
  add_tree(file_.name(), root, TreeKind::file, 0);
}

/// The keyword `define` is past.
void TreeParser::parse_definition() {
  constexpr std::string_view context = "define clause";
  const Token token = next_non_space();
  if (token.type != TokenType::string && token.type != TokenType::raw_string) unexpected(token, context);
  const std::string_view name = unquoted(token);
  expect(TokenType::right_delim, context);
  const Node* end = nullptr;
  const ListNode* const root = item_list(end);
  if (end->type != NodeType::end) fail(fmt::format("unexpected {} in {}", to_string(*end), context));
  add_tree(name, root, TreeKind::define, token.position);
}

void TreeParser::add_tree(std::string_view name, const ListNode* root, TreeKind kind, std::uint32_t position) const {
  const Tree tree{name, root, nullptr, kind, is_empty(*root), position};
  if (!file_.add(tree)) fail("template: multiple definition of template " + quote(name));
}

/// Up to `{{end}}` or `{{else}}`, which is handed back.
const ListNode* TreeParser::item_list(const Node*& end) {
  ListNode* const list = file_.make<ListNode>(peek_non_space().position);
  const std::size_t mark = file_.mark();
  while (peek_non_space().type != TokenType::eof) {
    const Node* const node = text_or_action();
    if (node->type == NodeType::end || node->type == NodeType::else_) {
      end = node;
      list->nodes = file_.take<Node>(mark);
      return list;
    }
    file_.push(node);
  }
  fail("unexpected EOF");
}

const Node* TreeParser::text_or_action() {
  const Token& token = next_non_space();
  if (token.type == TokenType::text) {
    TextNode* const text = file_.make<TextNode>(token.position);
    text->text = token.text;
    return text;
  }
  if (token.type != TokenType::left_delim) unexpected(token, "input");
  action_ = token.position;
  const Node* const node = action();
  action_.reset();
  return node;
}

const Node* TreeParser::action() {
  const Token& token = next_non_space();
  switch (token.type) {
    case TokenType::block: return block_control();
    case TokenType::break_: return loop_control(NodeType::break_, token);
    case TokenType::continue_: return loop_control(NodeType::continue_, token);
    case TokenType::else_: return else_control();
    case TokenType::end: return file_.make<Node>(expect(TokenType::right_delim, "end").position, NodeType::end);
    case TokenType::if_: return branch_control(NodeType::if_);
    case TokenType::range: return branch_control(NodeType::range);
    case TokenType::template_: return template_control();
    case TokenType::with: return branch_control(NodeType::with);
    default: break;
  }
  backup();
  ActionNode* const node = file_.make<ActionNode>(peek().position);
  node->pipe = pipeline("command", TokenType::right_delim);  // its variables live on to the next end
  return node;
}

/// `break` and `continue`; the keyword is past.
const Node* TreeParser::loop_control(NodeType type, Token keyword) {
  const std::string name = fmt::format("{{{{{}}}}}", keyword.text);
  const Token token = next_non_space();
  if (token.type != TokenType::right_delim) unexpected(token, name);
  if (range_depth_ == 0) fail(name + " outside {{range}}");
  return file_.make<Node>(keyword.position, type);
}

/// The keyword is past. `if` and `with` behind it stay unread: the branch goes on with them.
const Node* TreeParser::else_control() {
  const Token token = peek_non_space();
  if (token.type != TokenType::if_ && token.type != TokenType::with) expect(TokenType::right_delim, "else");
  return file_.make<Node>(token.position, NodeType::else_);
}

/// As parseControl; the keyword is past.
const Node* TreeParser::branch_control(NodeType type) {
  check_stack();
  const std::size_t mark = variables_.size();
  const std::string_view context = type == NodeType::if_ ? "if" : type == NodeType::range ? "range" : "with";
  const PipeNode* const pipe = pipeline(context, TokenType::right_delim);
  BranchNode* const branch = file_.make<BranchNode>(pipe->position, type);
  branch->pipe = pipe;
  if (type == NodeType::range) ++range_depth_;
  const Node* end = nullptr;
  branch->list = item_list(end);
  if (type == NodeType::range) --range_depth_;
  if (end->type == NodeType::else_) branch->else_list = else_list(type, *end);
  pop_variables(mark);
  return branch;
}

/// `{{else if b}}...{{end}}` reads as `{{else}}{{if b}}...{{end}}{{end}}`.
const ListNode* TreeParser::else_list(NodeType type, const Node& else_node) {
  const TokenType following = peek().type;
  if ((type == NodeType::if_ && following == TokenType::if_) ||
      (type == NodeType::with && following == TokenType::with)) {
    next();
    ListNode* const list = file_.make<ListNode>(else_node.position);
    const std::size_t mark = file_.mark();
    file_.push(branch_control(type));
    list->nodes = file_.take<Node>(mark);
    return list;
  }
  const Node* end = nullptr;
  const ListNode* const list = item_list(end);
  if (end->type != NodeType::end) fail("expected end; found " + to_string(*end));
  return list;
}

/// The keyword is past.
const Node* TreeParser::block_control() {
  constexpr std::string_view context = "block clause";
  check_stack();
  const Token token = next_non_space();
  const std::string_view name = template_name(token, context);
  const PipeNode* const pipe = pipeline(context, TokenType::right_delim);
  TreeParser body(file_);
  const Node* end = nullptr;
  const ListNode* const root = body.item_list(end);
  if (end->type != NodeType::end) fail(fmt::format("unexpected {} in {}", to_string(*end), context));
  body.add_tree(name, root, TreeKind::block, token.position);
  return make_template(token, name, pipe);
}

/// The keyword is past.
const Node* TreeParser::template_control() {
  constexpr std::string_view context = "template clause";
  const Token token = next_non_space();
  const std::string_view name = template_name(token, context);
  const PipeNode* pipe = nullptr;
  if (next_non_space().type != TokenType::right_delim) {
    backup();
    pipe = pipeline(context, TokenType::right_delim);
  }
  return make_template(token, name, pipe);
}

std::string_view TreeParser::template_name(const Token& token, std::string_view context) {
  if (token.type != TokenType::string && token.type != TokenType::raw_string) unexpected(token, context);
  return unquoted(token);
}

const TemplateNode* TreeParser::make_template(const Token& name_token, std::string_view name, const PipeNode* pipe) {
  TemplateNode* const node = file_.make<TemplateNode>(name_token.position);
  node->name = name;
  node->pipe = pipe;
  return node;
}

namespace {

Result<std::unique_ptr<const ParsedFile>> parse_with(FileBuilder& builder) {
  try {
    TreeParser(builder).parse_file();
    return builder.finish();
  } catch (ParseFailure& failure) {
    return std::move(failure.diagnostic);
  }
}

}  // namespace

Result<std::unique_ptr<const ParsedFile>> parse(const Sources& sources, FileId file, std::string_view name,
                                                const Library& library) {
  FileBuilder builder({}, sources.get(file).text(), name, file, library);
  return parse_with(builder);
}

Result<std::unique_ptr<const ParsedFile>> parse_text(std::string text, std::string_view name, const Library& library) {
  FileBuilder builder(std::move(text), {}, name, no_file, library);
  return parse_with(builder);
}

std::unique_ptr<const ParsedFile> named(std::shared_ptr<const ParsedFile> parsed, std::string_view name, FileId file) {
  std::unique_ptr<ParsedFile> copy(new ParsedFile);
  copy->name_ = name;
  copy->text_ = parsed->text_;
  copy->file_ = file;
  copy->trees_.reserve(parsed->trees_.size());
  copy->named_trees_.reserve(parsed->trees_.size());
  bool has_own = false;
  for (const Tree* const tree : parsed->trees_) {
    Tree* const same = &copy->named_trees_.emplace_back(*tree);
    same->file = copy.get();
    if (tree->kind == TreeKind::file) {
      same->name = copy->name_;
      has_own = true;
    } else if (tree->name == name) {
      return nullptr;
    }
    copy->trees_.push_back(same);
  }
  if (!has_own) return nullptr;
  copy->shared_ = std::move(parsed);
  return copy;
}

}  // namespace rhumb::gotmpl
