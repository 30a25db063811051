#include "patched_text.h"

#include <algorithm>

namespace rhumb::yaml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// U+E000 to U+EFFF, which all start with the byte EE.
std::string private_character(unsigned number) {
  return {'\xEE', static_cast<char>(0x80 | (number >> 6)), static_cast<char>(0x80 | (number & 0x3F))};
}

std::size_t width_of(Patch patch) { return patch == Patch::bom ? byte_order_mark.size() : 1; }

}  // namespace

bool PatchedText::choose_replacements() {
  std::size_t chosen = 0;
  for (unsigned number = 0x100; number < 0x1000 && chosen < replacements_.size(); ++number) {
    std::string candidate = private_character(number);
    if (original_.find(candidate) == std::string_view::npos) replacements_[chosen++] = std::move(candidate);
    // A text that uses the area widely is not worth the search.
    if (number > 0x180 && chosen == 0) return false;
  }
  return chosen == replacements_.size();
}

std::string_view PatchedText::replacement(Patch patch) const {
  return patch == Patch::tag_comma ? std::string_view(";") : replacements_[static_cast<std::size_t>(patch)];
}

bool PatchedText::add(std::size_t offset, Patch patch) {
  if (replacements_[0].empty() && !choose_replacements()) return false;
  const auto at = std::lower_bound(patches_.begin(), patches_.end(), offset,
                                   [](const Place& place, std::size_t value) { return place.offset < value; });
  if (at != patches_.end() && at->offset == offset) return false;
  patches_.insert(at, {offset, patch});
  return true;
}

std::string_view PatchedText::build() {
  text_.clear();
  std::size_t from = 0;
  for (const Place& place : patches_) {
    text_.append(original_.substr(from, place.offset - from)).append(replacement(place.patch));
    from = place.offset + width_of(place.patch);
  }
  text_.append(original_.substr(from));
  return text_;
}

std::string PatchedText::restore(std::string_view value, ScalarStyle style) const {
  std::string out;
  while (!value.empty()) {
    const std::size_t at = std::min(value.find('\xEE'), value.size());
    out.append(value.substr(0, at));
    value.remove_prefix(at);
    if (value.empty()) break;
    const std::string_view here = value.substr(0, 3);
    if (here == replacement(Patch::colon)) {
      out += ':';
    } else if (here == replacement(Patch::slash)) {
      out += '/';
    } else if (here == replacement(Patch::bom)) {
      out.append(byte_order_mark);
    } else if (here != replacement(Patch::backslash)) {
      out.append(here);
    } else if (style != ScalarStyle::double_quoted) {
      out += '\\';
    }
    value.remove_prefix(here.size());
  }
  return out;
}

}  // namespace rhumb::yaml
