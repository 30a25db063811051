// Go's package path (and path/filepath on Unix): lexical work on slash-separated paths.
#pragma once

#include <string>
#include <string_view>

namespace rhumb::path {

inline bool is_absolute(std::string_view path) { return path.starts_with('/'); }
/// The shortest equal path: no "//", "." or inner ".."; "." for the empty one. As path.Clean.
std::string clean(std::string_view path);
/// Both joined by a slash and cleaned; an empty one is left out. As path.Join.
std::string join(std::string_view a, std::string_view b);
/// The last element; "." for the empty path, "/" for slashes only. As path.Base.
std::string_view base(std::string_view path);
/// All but the last element, cleaned. As path.Dir.
std::string directory(std::string_view path);
/// From the last dot of the last element on; empty without one. As path.Ext.
std::string_view extension(std::string_view path);

}  // namespace rhumb::path
