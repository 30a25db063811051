// What all trees of one text share while it is parsed: the arena, the names, the set of trees, the nodes' making.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gotmpl/lexer.h"
#include "gotmpl/stack_guard.h"
#include "rhumb/gotmpl/parser.h"

namespace rhumb::gotmpl {

class FileBuilder {
 public:
  FileBuilder(std::string own_text, std::string_view text, std::string_view name, FileId id, const Library& library);

  const Library& library() const { return library_; }
  Lexer& lexer() { return lexer_; }
  const StackGuard& stack() const { return stack_; }
  std::string_view name() const { return file_->name_; }
  FileId id() const { return file_->file_; }
  std::string_view text() const { return file_->text_; }

  template <typename T>
  T* make(std::uint32_t position, NodeType type = T::tag) {
    T* const node = file_->arena_.create<T>();
    node->type = type;
    node->position = position;
    return node;
  }

  /// Lists that are still read lie on one stack, the inner ones on top: push() adds to the innermost, take() turns what
  /// was pushed since the mark into a list that lives as long as the tree.
  std::size_t mark() const { return unfinished_.size(); }
  void push(const Node* node) { unfinished_.push_back(node); }
  template <typename T>
  std::span<const T* const> take(std::size_t mark) {
    const std::size_t count = unfinished_.size() - mark;
    if (count == 0) return {};
    const T** const copy = file_->arena_.create_array<const T*>(count);
    for (std::size_t i = 0; i < count; ++i) copy[i] = static_cast<const T*>(unfinished_[mark + i]);
    unfinished_.resize(mark);
    return {copy, count};
  }

  /// A variable, with the fields behind it if there are any, or fields alone: begin_names(), then add_name() for each.
  void begin_names(std::string_view first) { names_.assign(1, first); }
  void add_name(std::string_view name) { names_.push_back(name); }
  std::span<const std::string_view> take_names() { return keep(names_); }

  /// A copy that lives as long as the tree.
  template <typename T>
  std::span<const T> keep(const std::vector<T>& items) {
    if (items.empty()) return {};
    T* const copy = file_->arena_.create_array<T>(items.size());
    std::copy(items.begin(), items.end(), copy);
    return {copy, items.size()};
  }
  std::string_view keep(std::string_view text) { return file_->arena_.copy(text); }

  /// The number of a variable's name.
  std::uint32_t variable_id(std::string_view name);

  /// Adds a tree to the set, as Tree.add; false when the set has one of this name, and both have a body.
  bool add(const Tree& tree);
  std::unique_ptr<const ParsedFile> finish();

 private:
  std::unique_ptr<ParsedFile> file_;
  const Library& library_;
  Lexer lexer_;
  StackGuard stack_;
  std::vector<const Node*> unfinished_;
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t> variables_;
  std::unordered_map<std::string_view, Tree*> trees_;
  std::vector<Tree*> order_;
};

/// As IsEmptyTree: nothing but white space.
bool is_empty(const ListNode& list);

}  // namespace rhumb::gotmpl
