// From the pieces of a trace to the places a person can look at.
#pragma once

#include <string>
#include <vector>

#include "render/traced.h"
#include "rhumb/render/cause.h"

namespace rhumb::render {

class Way {
 public:
  explicit Way(const Rendering& rendering)
      : rendering_(rendering), origins_(*rendering.origins()), traces_(rendering.traced()->engine->traces()) {}

  /// Appends what led to a site: calls to `frames`, conditions to `branches` (unless null), the nearest first.
  void follow(SiteId site, std::vector<TemplateFrame>& frames, std::vector<BranchCause>* branches) const;
  /// A node at a place of a template, or of the text that tpl was given at `site`.
  Span node_span(FileId file, std::uint32_t position, SiteId site) const;
  Span node_span(const gotmpl::Site& site) const { return node_span(site.file, site.node->position, site.parent); }
  /// The origin of literal text at a site.
  OriginId branch_origin(SiteId site) const;
  /// Bytes of a template that were written as they are.
  Span literal_span(const TracePiece& piece, std::size_t begin, std::size_t end) const;
  /// Appends the values behind an origin, each once.
  void add_values(OriginId origin, std::vector<ValueCause>& values) const;
  std::vector<ValueCause> values_of(OriginId origin) const;

 private:
  const gotmpl::Site* text_site(SiteId site) const;
  Span text_place(const gotmpl::Site& tpl, std::uint32_t position) const;
  bool add_layers(OriginId origin, std::vector<ValueLayer>& layers) const;

  const Rendering& rendering_;
  const OriginTable& origins_;
  const gotmpl::TraceTable& traces_;
};

}  // namespace rhumb::render
