// Values that are read back from a text that was rendered.
#pragma once

#include <span>

#include "rhumb/value/value.h"

namespace rhumb::yaml {

/// The origin of a value that stands at bytes [begin, end) of a text with that trace: the node that wrote its first
/// byte, and all values in it. `whole`: the origin of the text, for what no piece covers.
OriginId rendered_origin(OriginTable& origins, std::span<const TracePiece> trace, std::size_t begin, std::size_t end,
                         OriginId whole);

}  // namespace rhumb::yaml
