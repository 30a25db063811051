#include "rhumb/gotmpl/template_set.h"

namespace rhumb::gotmpl {

TemplateSet TemplateSet::clone(const TemplateSet& base) {
  TemplateSet copy(base.name_);
  // A base without trees of its own is passed over, so that chains of clones stay short.
  copy.base_ = base.trees_.empty() && base.base_ != nullptr ? base.base_ : &base;
  // The clone of the root has no body: what had the root's name is hidden, and whatever comes replaces it.
  if (copy.base_->find(base.name_) != nullptr) copy.trees_.emplace(base.name_, nullptr);
  return copy;
}

void TemplateSet::add(const ParsedFile& file) {
  for (const Tree* const tree : file.trees()) {
    if (tree->empty && find(tree->name) != nullptr) continue;
    trees_.insert_or_assign(tree->name, tree);
  }
}

const Tree* TemplateSet::find(std::string_view name) const {
  for (const TemplateSet* set = this; set != nullptr; set = set->base_) {
    if (const auto found = set->trees_.find(name); found != set->trees_.end()) return found->second;
  }
  return nullptr;
}

}  // namespace rhumb::gotmpl
