#include "rhumb/manifest/image_reference.h"

#include <algorithm>
#include <optional>

#include "rhumb/base/strings.h"

namespace rhumb::manifest {
namespace {

constexpr std::string_view default_domain = "docker.io";
constexpr std::size_t most_path_bytes = 255;
constexpr std::size_t most_tag_bytes = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower_or_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_word(char c) { return is_alphanumeric(c) || c == '_'; }

bool all(std::string_view text, bool (*is)(char)) { return std::all_of(text.begin(), text.end(), is); }

/// anchoredIdentifierRegexp.
bool is_identifier(std::string_view text) { return text.size() == 64 && all(text, is_lower_hex); }

/// domainNameComponent.
bool is_domain_part(std::string_view text) {
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
         all(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

/// domainAndPort.
bool is_domain(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && !text.ends_with(']');
  if (has_port) {
    const std::string_view port = text.substr(colon + 1);
    if (port.empty() || !all(port, is_digit)) return false;
    text = text.substr(0, colon);
  }
  if (text.size() > 2 && text.starts_with('[') && text.ends_with(']')) {
    return all(text.substr(1, text.size() - 2), [](char c) { return is_hex(c) || c == ':'; });
  }
  const auto parts = strings::split(text, ".");
  return std::all_of(parts.begin(), parts.end(), is_domain_part);
}

/// pathComponent: between the letters one period, one or two underscores, or dashes.
bool is_path_part(std::string_view text) {
  if (text.empty() || !is_lower_or_digit(text.front()) || !is_lower_or_digit(text.back())) return false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (!is_lower_or_digit(text[at])) ++at;
    const std::string_view separator = text.substr(begin, at - begin);
    const bool is_good = separator.empty() || separator == "." || separator == "_" || separator == "__" ||
                         separator.find_first_not_of('-') == std::string_view::npos;
    if (!is_good) return false;
    ++at;
  }
  return true;
}

/// remoteName.
bool is_path(std::string_view text) {
  const auto parts = strings::split(text, "/");
  return std::all_of(parts.begin(), parts.end(), is_path_part);
}

bool is_tag(std::string_view text) {
  return !text.empty() && text.size() <= most_tag_bytes && is_word(text.front()) &&
         all(text, [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

/// digestPat.
bool is_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.size() - colon - 1 < 32 || !all(text.substr(colon + 1), is_hex)) {
    return false;
  }
  bool starts = true;
  for (const char c : text.substr(0, colon)) {
    const bool separates = c == '-' || c == '_' || c == '+' || c == '.';
    if (starts ? !is_letter(c) : !separates && !is_alphanumeric(c)) return false;
    starts = separates;
  }
  return !starts;
}

/// What digest.Parse has against it; it matches digestPat.
std::string_view digest_fault(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view algorithm = text.substr(0, colon);
  const std::string_view encoded = text.substr(colon + 1);
  const std::size_t bytes = algorithm == "sha256" ? 32 : algorithm == "sha384" ? 48 : algorithm == "sha512" ? 64 : 0;
  if (bytes == 0) {
    const bool has_upper = std::any_of(algorithm.begin(), algorithm.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return has_upper ? "invalid checksum digest format" : "unsupported digest algorithm";
  }
  if (encoded.size() != 2 * bytes) return "invalid checksum digest length";
  return all(encoded, is_lower_hex) ? "" : "invalid checksum digest format";
}

/// As splitDockerDomain: domain, slash and the rest.
std::string with_domain(std::string_view text) {
  const std::size_t slash = text.find('/');
  std::string_view domain = default_domain;
  std::string_view rest = text;
  if (slash != std::string_view::npos) {
    const std::string_view first = text.substr(0, slash);
    const bool is_domain = first == "localhost" || first.find_first_of(".:") != std::string_view::npos ||
                           strings::to_lower(first) != first;
    if (is_domain) {
      domain = first == "index.docker.io" ? default_domain : first;
      rest = text.substr(slash + 1);
    }
  }
  const bool is_official = domain == default_domain && !strings::contains(rest, "/");
  return std::string(domain) + (is_official ? "/library/" : "/") + std::string(rest);
}

/// As ReferenceRegexp and anchoredNameRegexp; the text has a slash, so a colon behind the last one starts the tag.
std::optional<ImageReference> match(std::string_view text) {
  ImageReference out;
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    out.digest = text.substr(at + 1);
    if (!is_digest(out.digest)) return std::nullopt;
    text = text.substr(0, at);
  }
  if (const std::size_t colon = text.find(':', text.rfind('/') + 1); colon != std::string_view::npos) {
    out.tag = text.substr(colon + 1);
    if (!is_tag(out.tag)) return std::nullopt;
    text = text.substr(0, colon);
  }
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && is_domain(text.substr(0, slash)) && is_path(text.substr(slash + 1))) {
    out.domain = text.substr(0, slash);
    out.path = text.substr(slash + 1);
  } else if (is_path(text)) {
    out.path = text;
  } else {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::string ImageReference::name() const { return domain.empty() ? path : domain + "/" + path; }

std::string ImageReference::to_string() const {
  return name() + (tag.empty() ? "" : ":" + tag) + (digest.empty() ? "" : "@" + digest);
}

Result<ImageReference> parse_image_reference(std::string_view text) {
  if (is_identifier(text)) {
    return error("invalid repository name (" + std::string(text) + "), cannot specify 64-byte hexadecimal strings");
  }
  const std::string full = with_domain(text);
  const std::string_view rest = std::string_view(full).substr(full.find('/') + 1);
  const std::string remote(rest.substr(0, rest.find(':')));
  if (strings::to_lower(remote) != remote) {
    return error("invalid reference format: repository name (" + remote + ") must be lowercase");
  }
  std::optional<ImageReference> out = match(full);
  if (!out) {
    return error(match(strings::to_lower(full)) ? "repository name must be lowercase" : "invalid reference format");
  }
  if (out->path.size() > most_path_bytes) {
    return error("repository name must not be more than " + std::to_string(most_path_bytes) + " characters");
  }
  if (!out->digest.empty() && !digest_fault(out->digest).empty()) return error(std::string(digest_fault(out->digest)));
  out->is_default_tag = out->tag.empty() && out->digest.empty();
  if (out->is_default_tag) out->tag = "latest";
  return *std::move(out);
}

}  // namespace rhumb::manifest
