// Parts of templates that were left out, as the trace knows them.
#pragma once

#include "rhumb/gotmpl/trace.h"
#include "rhumb/render/cause.h"

namespace rhumb::render {

/// Null when a piece at that site is none.
const gotmpl::Site* slot_site(const gotmpl::TraceTable& traces, SiteId id);

/// With all that its condition reads.
Slot slot_of(const Rendering& rendering, SiteId id, const gotmpl::Site& site);

}  // namespace rhumb::render
