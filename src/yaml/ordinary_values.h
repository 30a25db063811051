// Values in the form that nearly every manifest has: block collections, plain and quoted scalars, block scalars. Who
// wants to know the top of a document need not have libyaml read those below it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rhumb::yaml {

/// The text without the block collections that are values of keys at its top, which are null in it: those that libyaml
/// is sure to read without an error and that hold no tag, anchor, alias, merge, key that is null or a number with a
/// point, nor number that is not finite, at most `depth_limit` deep. Values of the `kept` keys stay, in whatever case
/// the keys are written. From the first line on that is not understood everything stays. Nothing when nothing can be
/// left out, or too little to be worth it.
std::optional<std::string> without_ordinary_values(std::string_view text, std::span<const std::string_view> kept,
                                                   std::size_t depth_limit);

}  // namespace rhumb::yaml
