#include "render/way.h"

#include <algorithm>
#include <unordered_set>

#include "rhumb/value/go_number.h"

namespace rhumb::render {
namespace {

using gotmpl::Site;
using gotmpl::SiteKind;

/// Values that a computed text may have; more tell nobody anything.
constexpr std::size_t most_values = 64;
constexpr std::size_t most_layers = 64;

std::string what_of(const Site& site) {
  switch (site.kind) {
    case SiteKind::include: return "include " + quote(site.name);
    case SiteKind::template_: return "template " + quote(site.name);
    case SiteKind::tpl: return "tpl";
    case SiteKind::print: return "print";
    default: return {};
  }
}

/// Where the action that begins at `position` ends, without the delimiter.
std::uint32_t action_end(std::string_view text, std::uint32_t position) {
  std::size_t end = text.find("}}", position);
  if (end == std::string_view::npos) return position;
  while (end > position && (text[end - 1] == '-' || text[end - 1] == ' ')) --end;
  return static_cast<std::uint32_t>(end);
}

bool same_layer(const ValueLayer& a, const ValueLayer& b) { return a.span == b.span && a.path == b.path; }

bool is_within(const TemplateFrame& inner, const TemplateFrame& outer) {
  const Span& a = inner.span;
  const Span& b = outer.span;
  return a.file == b.file && a.begin >= b.begin && a.begin <= b.end;
}

}  // namespace

void Way::follow(SiteId start, std::vector<TemplateFrame>& frames, std::vector<BranchCause>* branches) const {
  // What is still to walk; of a print the text's own way comes first.
  struct Step {
    SiteId site;
    bool inner_done;
  };
  std::vector<Step> open{{start, false}};
  while (!open.empty()) {
    const Step step = open.back();
    open.pop_back();
    const Site* const site = traces_.find(step.site);
    if (site == nullptr) continue;
    if (site->kind == SiteKind::print && !step.inner_done) {
      open.push_back({step.site, true});
      open.push_back({site->inner, false});
      continue;
    }
    open.push_back({site->parent, false});
    if (site->kind == SiteKind::branch) {
      if (branches != nullptr) branches->push_back({node_span(*site), values_of(site->origin)});
    } else if (site->kind != SiteKind::slot) {
      TemplateFrame frame{what_of(*site), node_span(*site)};
      const bool says_nothing = site->kind == SiteKind::print &&
                                (!frame.span.known() || (!frames.empty() && is_within(frames.back(), frame)));
      if (!says_nothing) frames.push_back(std::move(frame));
    }
  }
}

/// The call of tpl whose text the nodes at `site` stand in.
const Site* Way::text_site(SiteId id) const {
  const Site* site = traces_.find(id);
  while (site != nullptr && site->kind != SiteKind::tpl) {
    site = traces_.find(site->kind == SiteKind::print ? site->inner : site->parent);
  }
  return site;
}

OriginId Way::branch_origin(SiteId id) const {
  const Site* site = traces_.find(id);
  while (site != nullptr && site->kind != SiteKind::branch) {
    site = traces_.find(site->kind == SiteKind::print ? site->inner : site->parent);
  }
  return site == nullptr ? no_origin : site->literals;
}

Span Way::node_span(FileId file, std::uint32_t position, SiteId site) const {
  if (file != no_file) return {file, position, action_end(rendering_.sources().get(file).text(), position)};
  const Site* const tpl = text_site(site);
  return tpl == nullptr ? Span() : text_place(*tpl, position);
}

/// The place of a text that tpl was given is that of the value: the very byte if the value is written there as it is,
/// else the line that reads the same, else all of the value.
Span Way::text_place(const Site& tpl, std::uint32_t position) const {
  if (tpl.text_file != no_file) return node_span(tpl.text_file, position, no_site);
  const std::vector<ValueCause> values = values_of(tpl.origin);
  if (values.empty() || values[0].layers.empty() || !values[0].layers[0].span.known()) return {};
  const Span span = values[0].layers[0].span;
  const std::string_view written = rendering_.sources().get(span.file).text().substr(span.begin, span.end - span.begin);
  const std::string_view text = tpl.name;
  const auto place = [&](std::size_t at, std::string_view line, std::size_t within) {
    const std::uint32_t begin = span.begin + static_cast<std::uint32_t>(at + within);
    return Span{span.file, begin,
                begin - static_cast<std::uint32_t>(within) + action_end(line, static_cast<std::uint32_t>(within))};
  };
  if (const std::size_t at = written.find(text); at != std::string_view::npos) return place(at, text, position);
  const std::size_t begin = text.substr(0, position).rfind('\n') + 1;
  const std::string_view line = text.substr(begin, std::min(text.find('\n', position), text.size()) - begin);
  const std::size_t at = written.find(line);
  return at == std::string_view::npos ? span : place(at, line, position - begin);
}

Span Way::literal_span(const TracePiece& piece, std::size_t begin, std::size_t end) const {
  const auto from = static_cast<std::uint32_t>(std::max<std::size_t>(begin, piece.begin) - piece.begin);
  const auto size = static_cast<std::uint32_t>(end > begin ? end - begin : 0);
  if (piece.file == no_file) return node_span(no_file, piece.position + from, piece.site);
  const auto all = static_cast<std::uint32_t>(rendering_.sources().get(piece.file).text().size());
  const std::uint32_t at = std::min(piece.position + from, all);
  return {piece.file, at, std::min(at + size, all)};
}

/// The layers of a value, or of values that won over others, winner first. False for computed ones.
bool Way::add_layers(OriginId start, std::vector<ValueLayer>& layers) const {
  std::vector<OriginId> open{start};
  while (!open.empty() && layers.size() < most_layers) {
    const Origin& origin = origins_.get(open.back());
    open.pop_back();
    if (origin.kind == OriginKind::override_) {
      open.insert(open.end(), origin.parts.rbegin(), origin.parts.rend());
      continue;
    }
    if (origin.kind != OriginKind::yaml_node && origin.kind != OriginKind::set_flag) return false;
    const auto kind = origin.kind == OriginKind::set_flag ? ValueLayer::Kind::set_flag : ValueLayer::Kind::file;
    ValueLayer layer{kind, origin.span, origin.key, std::string(origin.path)};
    const auto is_same = [&](const ValueLayer& known) { return same_layer(known, layer); };
    if (layer.span.known() && std::none_of(layers.begin(), layers.end(), is_same)) layers.push_back(std::move(layer));
  }
  return true;
}

void Way::add_values(OriginId start, std::vector<ValueCause>& values) const {
  std::unordered_set<OriginId> seen;
  std::vector<OriginId> open{start};
  while (!open.empty() && values.size() < most_values) {
    const OriginId id = open.back();
    open.pop_back();
    if (id == no_origin || !seen.insert(id).second) continue;
    ValueCause cause;
    if (!add_layers(id, cause.layers)) {
      const std::span<const OriginId> parts = origins_.get(id).parts;
      open.insert(open.end(), parts.rbegin(), parts.rend());
      continue;
    }
    const auto is_same = [&](const ValueCause& known) { return same_layer(known.layers[0], cause.layers[0]); };
    if (!cause.layers.empty() && std::none_of(values.begin(), values.end(), is_same))
      values.push_back(std::move(cause));
  }
}

std::vector<ValueCause> Way::values_of(OriginId origin) const {
  std::vector<ValueCause> values;
  if (origin != no_origin) add_values(origin, values);
  return values;
}

}  // namespace rhumb::render
