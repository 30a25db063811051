// The name space of templates that see each other: which define wins. As the association of Go's template.Template.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "rhumb/gotmpl/parser.h"

namespace rhumb::gotmpl {

/// Not changed while it is executed; then it may be read by several threads.
class TemplateSet {
 public:
  /// `name` is that of the root ("gotpl"), which messages mention; the root itself has no body.
  explicit TemplateSet(std::string name) : name_(std::move(name)) {}

  /// A name space over another one, as Template.Clone: it sees all of `base`, what is added stays in it. `base` must
  /// outlive it and not change any more. Costs nothing, whatever the size of `base`.
  static TemplateSet clone(const TemplateSet& base);

  /// Adds all trees of a file, as Template.Parse: each replaces the template of its name, unless it is empty and there
  /// is one. The file must outlive the set.
  void add(const ParsedFile& file);

  /// Null when there is none.
  const Tree* find(std::string_view name) const;
  std::string_view name() const { return name_; }

 private:
  std::string name_;
  const TemplateSet* base_ = nullptr;
  std::unordered_map<std::string_view, const Tree*> trees_;
};

}  // namespace rhumb::gotmpl
