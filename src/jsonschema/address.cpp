#include "jsonschema/address.h"

#include "jsonschema/failure.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/url.h"

namespace rhumb::jsonschema {
namespace {

Url parse_or_fail(std::string_view text) {
  std::string error;
  auto url = parse_url(text, error);
  if (!url) throw Failure{parse_url_error(text, error)};
  return *std::move(url);
}

}  // namespace

std::string parse_url_error(std::string_view url, std::string_view error) {
  return "error in parsing " + strings::quoted(url) + ": " + std::string(error);
}

std::pair<std::string_view, std::string_view> split_fragment(std::string_view text) {
  const std::size_t hash = text.find('#');
  if (hash == std::string_view::npos) return {text, {}};
  return {text.substr(0, hash), text.substr(hash + 1)};
}

bool decode_fragment(std::string_view text, std::string& out, std::string& error) {
  auto decoded = unescape_path_segment(text, error);
  if (!decoded) return false;
  out = *std::move(decoded);
  return true;
}

std::string encode_fragment(std::string_view text) {
  std::string out;
  for (std::size_t from = 0;;) {
    const std::size_t slash = text.find('/', from);
    out += escape_path_segment(text.substr(from, slash - from));
    if (slash == std::string_view::npos) return out;
    out += '/';
    from = slash + 1;
  }
}

Address split_reference(std::string_view reference) {
  const auto [url, fragment] = split_fragment(reference);
  Address out{std::string(url), {}};
  std::string error;
  if (!decode_fragment(fragment, out.fragment, error)) throw Failure{parse_url_error(reference, error)};
  return out;
}

Address join(const std::string& base, std::string_view reference) {
  const Url base_url = parse_or_fail(base);
  Address out = split_reference(reference);
  const Url reference_url = parse_or_fail(out.url);
  Url resolved = base_url.resolve(reference_url);
  // As the library: net/url forgets the opaque part.
  if (!reference_url.is_absolute() && !base_url.opaque.empty()) resolved.opaque = base_url.opaque;
  out.url = resolved.text();
  return out;
}

std::string escape_token(std::string_view token) {
  if (token.find_first_of("~/") == std::string_view::npos) return std::string(token);
  return strings::replace(strings::replace(token, "~", "~0"), "/", "~1");
}

bool unescape_token(std::string_view token, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
      continue;
    }
    ++i;
    if (i == token.size() || (token[i] != '0' && token[i] != '1')) return false;
    out += token[i] == '0' ? '~' : '/';
  }
  return true;
}

}  // namespace rhumb::jsonschema
