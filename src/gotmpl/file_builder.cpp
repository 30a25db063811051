#include "gotmpl/file_builder.h"

#include <algorithm>

#include "rhumb/base/strings.h"

namespace rhumb::gotmpl {
namespace {

Lexer::Options lexer_options(const Library& library) {
  return {.break_is_keyword = library.find("break") == nullptr,
          .continue_is_keyword = library.find("continue") == nullptr};
}

}  // namespace

FileBuilder::FileBuilder(std::string own_text, std::string_view text, std::string_view name, FileId id,
                         const Library& library)
    : file_(new ParsedFile), library_(library), lexer_({}) {
  file_->own_text_ = std::move(own_text);
  file_->text_ = text.data() == nullptr ? std::string_view(file_->own_text_) : text;
  file_->name_ = name;
  file_->file_ = id;
  lexer_ = Lexer(file_->text_, lexer_options(library));
  variables_.emplace("$", 0);
}

std::uint32_t FileBuilder::variable_id(std::string_view name) {
  if (name.size() == 1) return 0;  // `$`
  return variables_.try_emplace(name, static_cast<std::uint32_t>(variables_.size())).first->second;
}

bool FileBuilder::add(const Tree& tree) {
  const auto [entry, is_new] = trees_.try_emplace(tree.name, nullptr);
  if (!is_new && !entry->second->empty) return tree.empty;
  Tree* const kept = file_->arena_.create<Tree>(tree);
  kept->file = file_.get();
  if (is_new) {
    order_.push_back(kept);
  } else {
    std::replace(order_.begin(), order_.end(), entry->second, kept);
  }
  entry->second = kept;
  return true;
}

std::unique_ptr<const ParsedFile> FileBuilder::finish() {
  file_->trees_.assign(order_.begin(), order_.end());
  return std::move(file_);
}

bool is_empty(const ListNode& list) {
  return std::all_of(list.nodes.begin(), list.nodes.end(), [](const Node* node) {
    return node->type == NodeType::text && strings::trim_space(as<TextNode>(*node).text).empty();
  });
}

}  // namespace rhumb::gotmpl
