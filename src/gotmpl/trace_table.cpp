#include <algorithm>

#include "rhumb/gotmpl/trace.h"

namespace rhumb::gotmpl {

SiteId TraceTable::add(const Site& site) {
  sites_.push_back(site);
  return static_cast<SiteId>(sites_.size());
}

SiteId TraceTable::find_or_add(const Site& site) {
  if (recent_.empty()) recent_.resize(recent_count);
  const auto address = reinterpret_cast<std::uintptr_t>(site.node) / alignof(Node);
  SiteId& recent = recent_[(address ^ (address >> 9) ^ site.parent * 31 ^ site.inner * 17) % recent_count];
  if (recent != no_site) {
    const Site& known = sites_[recent - 1];
    if (known.node == site.node && known.parent == site.parent && known.inner == site.inner &&
        known.origin == site.origin && known.kind == site.kind && known.name == site.name) {
      return recent;
    }
  }
  return recent = add(site);
}

std::span<const ConditionRead> TraceTable::keep(std::span<const ConditionRead> reads) {
  if (reads.empty()) return {};
  ConditionRead* const kept = arena_.create_array<ConditionRead>(reads.size());
  std::copy(reads.begin(), reads.end(), kept);
  return {kept, reads.size()};
}

}  // namespace rhumb::gotmpl
