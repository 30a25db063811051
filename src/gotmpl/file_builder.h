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

  template <typename T>
  T* make(std::uint32_t position, NodeType type = T::tag) {
    T* const node = file_->arena_.create<T>();
    node->type = type;
    node->position = position;
    return node;
  }

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
  std::unordered_map<std::string_view, std::uint32_t> variables_;
  std::unordered_map<std::string_view, Tree*> trees_;
  std::vector<Tree*> order_;
};

/// As IsEmptyTree: nothing but white space.
bool is_empty(const ListNode& list);

}  // namespace rhumb::gotmpl
