#include "rhumb/base/url.h"

#include <algorithm>
#include <utility>

#include "base/url_escape.h"
#include "rhumb/base/ip_address.h"
#include "rhumb/base/quote.h"
#include "rhumb/base/strings.h"

namespace rhumb {
namespace {

using url::Place;

/// Cuts the text at the separator, which is in neither part; everything is head when there is none.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

bool is_optional_port(std::string_view text) {
  if (text.empty()) return true;
  return text[0] == ':' && text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool is_user_info(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return url::is_letter_or_digit(c) || std::string_view("-._:~!$&'()*+,;=%@").find(c) != std::string_view::npos;
  });
}

/// As setPath and setFragment: the spelling is kept where escaping the value would give another one.
bool set_encoded(std::string_view text, Place place, std::string& value, std::string& raw, std::string& error) {
  if (!url::unescape(text, place, value, error)) return false;
  raw = url::escape(value, place) == text ? std::string_view() : text;
  return true;
}

/// As EscapedPath and EscapedFragment.
std::string encoded(const std::string& value, const std::string& raw, Place place) {
  if (!raw.empty() && url::valid_encoded(raw, place)) {
    std::string decoded;
    std::string error;
    if (url::unescape(raw, place, decoded, error) && decoded == value) return raw;
  }
  return url::escape(value, place);
}

class UrlParser {
 public:
  explicit UrlParser(std::string& error) : error_(error) {}

  bool run(std::string_view text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), is_control)) return fail("net/url: invalid control character in URL");
    if (text == "*") {
      url_.path = "*";
      return true;
    }
    std::string_view rest = text;
    if (!scheme(rest)) return false;
    if (rest.ends_with('?') && std::count(rest.begin(), rest.end(), '?') == 1) {
      url_.force_query = true;
      rest.remove_suffix(1);
    } else {
      const auto [head, query] = cut(rest, '?');
      rest = head;
      url_.raw_query = query;
    }
    return hierarchy(rest);
  }

  bool fragment(std::string_view text) {
    return set_encoded(text, Place::fragment, url_.fragment, url_.raw_fragment, error_);
  }

  Url take() { return std::move(url_); }

 private:
  bool fail(std::string message) {
    error_ = std::move(message);
    return false;
  }

  bool scheme(std::string_view& rest) {
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const char c = rest[i];
      const bool is_letter = url::is_letter_or_digit(c) && (c < '0' || c > '9');
      if (is_letter) continue;
      if (c == ':') {
        if (i == 0) return fail("missing protocol scheme");
        url_.scheme = strings::to_lower(rest.substr(0, i));
        rest.remove_prefix(i + 1);
        return true;
      }
      if (i == 0 || (!url::is_letter_or_digit(c) && c != '+' && c != '-' && c != '.')) return true;
    }
    return true;
  }

  bool hierarchy(std::string_view rest) {
    if (!rest.starts_with('/')) {
      if (!url_.scheme.empty()) {
        url_.opaque = rest;
        return true;
      }
      if (cut(rest, '/').first.find(':') != std::string_view::npos) {
        return fail("first path segment in URL cannot contain colon");
      }
    }
    if (rest.starts_with("//") && (!url_.scheme.empty() || !rest.starts_with("///"))) {
      rest.remove_prefix(2);
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      if (!authority(rest.substr(0, slash))) return false;
      rest.remove_prefix(slash);
    } else if (!url_.scheme.empty() && rest.starts_with('/')) {
      url_.omit_host = true;
    }
    return set_encoded(rest, Place::path, url_.path, url_.raw_path, error_);
  }

  bool authority(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos) return host(text);
    if (!host(text.substr(at + 1))) return false;
    const std::string_view info = text.substr(0, at);
    if (!is_user_info(info)) return fail("net/url: invalid userinfo");
    UrlUser user;
    const auto [name, password] = cut(info, ':');
    if (!url::unescape(name, Place::user, user.name, error_)) return false;
    if (name.size() != info.size()) {
      user.password.emplace();
      if (!url::unescape(password, Place::user, *user.password, error_)) return false;
    }
    url_.user = std::move(user);
    return true;
  }

  bool host(std::string_view text) {
    const std::size_t bracket = text.rfind('[');
    if (bracket == 0) return bracketed_host(text);
    if (bracket != std::string_view::npos) return fail("invalid IP-literal");
    const std::size_t first = text.find(':');
    if (first != std::string_view::npos) {
      // http takes one colon only; other schemes look at what follows the last one.
      const bool strict = url_.scheme == "http" || url_.scheme == "https";
      const std::string_view port = text.substr(strict ? first : text.rfind(':'));
      if (!is_optional_port(port)) return fail("invalid port " + strings::quoted(port) + " after host");
    }
    return url::unescape(text, Place::host, url_.host, error_);
  }

  /// "[IPv6]" or "[IPv6%25zone]", with or without a port.
  bool bracketed_host(std::string_view text) {
    const std::size_t close = text.rfind(']');
    if (close == std::string_view::npos) return fail("missing ']' in host");
    const std::string_view port = text.substr(close + 1);
    if (!is_optional_port(port)) return fail("invalid port " + strings::quoted(port) + " after host");
    const std::string_view name = text.substr(1, close - 1);
    const std::size_t zone = std::min(name.find("%25"), name.size());
    std::string address;
    std::string zone_text;
    if (!url::unescape(name.substr(0, zone), Place::host, address, error_)) return false;
    if (!url::unescape(name.substr(zone), Place::zone, zone_text, error_)) return false;
    address += zone_text;
    std::string problem;
    const auto ip = parse_ip_address(address, problem);
    if (!ip) return fail("invalid host: " + problem);
    if (ip->is_v4) return fail("invalid IP-literal");
    url_.host = "[" + address + "]" + std::string(port);
    return true;
  }

  std::string& error_;
  Url url_;
};

/// As resolvePath: the reference on top of the base, without dot segments.
std::string resolve_path(std::string_view base, std::string_view reference) {
  std::string full(reference);
  if (reference.empty()) {
    full = base;
  } else if (reference[0] != '/') {
    full = std::string(base.substr(0, base.rfind('/') + 1)) + full;  // npos + 1 is 0
  }
  if (full.empty()) return {};
  std::string out = "/";
  bool first = true;
  std::string_view rest = full;
  std::string_view element;
  for (bool found = true; found;) {
    const std::size_t slash = rest.find('/');
    found = slash != std::string_view::npos;
    element = rest.substr(0, slash);
    rest.remove_prefix(found ? slash + 1 : rest.size());
    if (element == ".") {
      first = false;
    } else if (element == "..") {
      const std::size_t last = out.find('/', 1) == std::string::npos ? std::string::npos : out.rfind('/');
      out.resize(last == std::string::npos ? 1 : last);
      first = out.size() == 1;
    } else {
      if (!first) out += '/';
      out += element;
      first = false;
    }
  }
  if (element == "." || element == "..") out += '/';
  return out.starts_with("//") ? out.substr(1) : out;
}

}  // namespace

std::string UrlUser::text() const {
  return url::escape(name, Place::user) + (password ? ":" + url::escape(*password, Place::user) : "");
}

std::optional<Url> parse_url(std::string_view text, std::string& error) {
  const auto [head, fragment] = cut(text, '#');
  std::string problem;
  UrlParser parser(problem);
  if (!parser.run(head)) {
    error = "parse " + strings::quoted(head) + ": " + problem;
    return std::nullopt;
  }
  if (!parser.fragment(fragment)) {
    error = "parse " + strings::quoted(text) + ": " + problem;
    return std::nullopt;
  }
  return parser.take();
}

std::string_view Url::host_name() const {
  std::string_view name = host;
  const std::size_t colon = name.rfind(':');
  if (colon != std::string_view::npos && is_optional_port(name.substr(colon))) name = name.substr(0, colon);
  if (name.starts_with('[') && name.ends_with(']') && name.size() > 1) name = name.substr(1, name.size() - 2);
  return name;
}

std::string Url::escaped_path() const {
  return path == "*" && raw_path.empty() ? path : encoded(path, raw_path, Place::path);
}

std::string Url::text() const {
  std::string out;
  if (!scheme.empty()) out += scheme + ":";
  if (!opaque.empty()) {
    out += opaque;
  } else {
    const bool has_authority = !scheme.empty() || !host.empty() || user;
    if (has_authority && !(omit_host && host.empty() && !user)) {
      if (!host.empty() || !path.empty() || user) out += "//";
      if (user) out += user->text() + "@";
      out += url::escape(host, Place::host);
    }
    const std::string escaped = escaped_path();
    if (!escaped.empty() && escaped[0] != '/' && !host.empty()) out += '/';
    // A colon in the first segment would look like a scheme.
    if (out.empty() && cut(escaped, '/').first.find(':') != std::string_view::npos) out += "./";
    out += escaped;
  }
  if (force_query || !raw_query.empty()) out += "?" + raw_query;
  if (!fragment.empty()) out += "#" + encoded(fragment, raw_fragment, Place::fragment);
  return out;
}

Url Url::resolve(const Url& reference) const {
  Url out = reference;
  std::string error;
  if (!reference.is_absolute()) out.scheme = scheme;
  if (reference.is_absolute() || !reference.host.empty() || reference.user) {
    set_encoded(resolve_path(reference.escaped_path(), ""), Place::path, out.path, out.raw_path, error);
    return out;
  }
  if (!reference.opaque.empty()) {
    out.path.clear();
    return out;
  }
  if (reference.path.empty() && !reference.force_query && reference.raw_query.empty()) {
    out.raw_query = raw_query;
    if (reference.fragment.empty()) {
      out.fragment = fragment;
      out.raw_fragment = raw_fragment;
    }
  }
  if (reference.path.empty() && !opaque.empty()) {
    out.opaque = opaque;
    out.path.clear();
    return out;
  }
  out.host = host;
  out.user = user;
  set_encoded(resolve_path(escaped_path(), reference.escaped_path()), Place::path, out.path, out.raw_path, error);
  return out;
}

std::optional<std::string> unescape_path_segment(std::string_view text, std::string& error) {
  std::string out;
  if (!url::unescape(text, Place::segment, out, error)) return std::nullopt;
  return out;
}

std::string escape_path_segment(std::string_view text) { return url::escape(text, Place::segment); }

}  // namespace rhumb
