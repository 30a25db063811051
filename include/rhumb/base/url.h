// URLs as Go's package net/url (Go 1.26) reads, writes and resolves them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rhumb {

struct UrlUser {
  std::string name;
  std::optional<std::string> password;

  std::string text() const;
};

struct Url {
  std::string scheme;
  std::string opaque;  // encoded
  std::optional<UrlUser> user;
  std::string host;  // with the port
  std::string path;
  std::string raw_path;  // only where the encoding of the path was not the usual one
  std::string fragment;
  std::string raw_fragment;  // the same
  std::string raw_query;     // encoded
  bool force_query = false;
  bool omit_host = false;

  bool is_absolute() const { return !scheme.empty(); }
  /// The host without port and brackets.
  std::string_view host_name() const;
  std::string escaped_path() const;
  std::string text() const;
  /// As URL.ResolveReference, this being the base.
  Url resolve(const Url& reference) const;
};

/// As url.Parse. Nullopt: `error` is the text of the *url.Error.
std::optional<Url> parse_url(std::string_view text, std::string& error);

/// As url.PathUnescape. Nullopt: `error` is `invalid URL escape "%zz"`.
std::optional<std::string> unescape_path_segment(std::string_view text, std::string& error);
/// As url.PathEscape.
std::string escape_path_segment(std::string_view text);

}  // namespace rhumb
