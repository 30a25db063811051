#include "lint/support/credential_names.h"

#include <algorithm>
#include <array>
#include <span>

namespace rhumb::lint {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_byte(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

bool starts_word(std::string_view name, std::size_t at) {
  const char before = name[at - 1];
  const char here = name[at];
  if (is_digit(before) != is_digit(here)) return true;
  if (!is_upper(here)) return false;
  return !is_upper(before) || (at + 1 < name.size() && is_lower(name[at + 1]));
}

struct Head {
  std::string_view words;  // separated by blanks
  NameWeight weight;
};

constexpr std::array heads{
    Head{"password", NameWeight::password},
    Head{"passwd", NameWeight::password},
    Head{"passphrase", NameWeight::password},
    Head{"pass", NameWeight::password},
    Head{"pwd", NameWeight::password},
    Head{"pass word", NameWeight::password},
    Head{"pass phrase", NameWeight::password},
    Head{"token", NameWeight::key},
    Head{"secret", NameWeight::key},
    Head{"bearer", NameWeight::key},
    Head{"psk", NameWeight::key},
    Head{"client key data", NameWeight::key},
    Head{"secret key base", NameWeight::key},
    Head{"secret access key", NameWeight::key},
    Head{"api key", NameWeight::key},
    Head{"access key", NameWeight::key},
    Head{"secret key", NameWeight::key},
    Head{"private key", NameWeight::key},
    Head{"signing key", NameWeight::key},
    Head{"encryption key", NameWeight::key},
    Head{"encrypt key", NameWeight::key},
    Head{"decryption key", NameWeight::key},
    Head{"master key", NameWeight::key},
    Head{"session key", NameWeight::key},
    Head{"license key", NameWeight::key},
    Head{"account key", NameWeight::key},
    Head{"shared key", NameWeight::key},
    Head{"storage key", NameWeight::key},
    Head{"service key", NameWeight::key},
    Head{"auth key", NameWeight::key},
    Head{"hmac key", NameWeight::key},
    Head{"jwt key", NameWeight::key},
    Head{"fernet key", NameWeight::key},
    Head{"app key", NameWeight::key},
    Head{"application key", NameWeight::key},
    Head{"deploy key", NameWeight::key},
    Head{"passwords", NameWeight::hint},
    Head{"tokens", NameWeight::hint},
    Head{"secrets", NameWeight::hint},
    Head{"api keys", NameWeight::hint},
    Head{"credential", NameWeight::hint},
    Head{"credentials", NameWeight::hint},
    Head{"creds", NameWeight::hint},
    Head{"auth", NameWeight::hint},
    Head{"dsn", NameWeight::hint},
    Head{"salt", NameWeight::hint},
    Head{"connection string", NameWeight::hint},
    Head{"conn string", NameWeight::hint},
};

struct Ending {
  std::string_view text;
  NameWeight weight;
};
/// Ends of words that were written without a break: PGPASSWORD, authtoken.
constexpr std::array endings{
    Ending{"password", NameWeight::password},   Ending{"passwd", NameWeight::password},
    Ending{"passphrase", NameWeight::password}, Ending{"masterauth", NameWeight::password},
    Ending{"pwd", NameWeight::password},        Ending{"pass", NameWeight::password},
    Ending{"apikey", NameWeight::key},          Ending{"secretkey", NameWeight::key},
    Ending{"accesskey", NameWeight::key},       Ending{"privatekey", NameWeight::key},
    Ending{"token", NameWeight::key},           Ending{"secret", NameWeight::key},
};
constexpr auto plain_words =
    std::to_array<std::string_view>({"bypass", "compass", "trespass", "encompass", "underpass", "overpass", "surpass"});

/// Behind the word they change nothing.
constexpr auto neutral_tails = std::to_array<std::string_view>(
    {"value",   "plain",   "plaintext", "text",      "base",       "b",    "encoded", "raw",   "string",
     "str",     "data",    "literal",   "default",   "new",        "old",  "current", "next",  "previous",
     "primary", "replica", "master",    "secondary", "production", "prod", "staging", "stage", "dev"});

/// Behind the word they say that something about a credential is meant.
constexpr auto telling_tails = std::to_array<std::string_view>(
    {"name",        "names",       "ref",         "refs",       "reference", "path",       "paths",    "file",
     "files",       "filename",    "dir",         "directory",  "folder",    "url",        "urls",     "uri",
     "endpoint",    "endpoints",   "host",        "port",       "ttl",       "expiry",     "expires",  "expire",
     "expiration",  "length",      "len",         "size",       "policy",    "policies",   "type",     "types",
     "kind",        "class",       "enabled",     "enable",     "disabled",  "header",     "headers",  "issuer",
     "audience",    "audiences",   "id",          "ids",        "namespace", "namespaces", "key",      "keys",
     "rotation",    "rotate",      "algorithm",   "alg",        "algo",      "count",      "mount",    "mounts",
     "provider",    "providers",   "field",       "fields",     "env",       "envs",       "var",      "variable",
     "format",      "mode",        "prefix",      "suffix",     "min",       "max",        "minimum",  "maximum",
     "timeout",     "seconds",     "minutes",     "hours",      "days",      "period",     "interval", "version",
     "required",    "hash",        "hashes",      "encryption", "method",    "methods",    "scheme",   "validation",
     "validator",   "placeholder", "description", "label",      "labels",    "title",      "hint",     "help",
     "annotations", "annotation",  "arn",         "store",      "stores",    "manager",    "group",    "role",
     "user",        "username",    "login",       "email",      "server",    "service",    "source",   "reset",
     "change",      "strategy",    "lifetime",    "duration",   "limit",     "limits",     "template", "generator",
     "pattern",     "regex",       "scope",       "scopes",     "claim",     "claims",     "bits",     "rounds",
     "charset",     "history",     "complexity",  "attempts",   "grace",     "index",      "property", "properties",
     "selector",    "volume",      "request",     "review",     "exchange",  "location",   "status",   "backend",
     "bucket",      "usage",       "checksum",    "cache"});

/// In front of "secret" they say that the name of a Secret is meant.
constexpr auto naming_fronts = std::to_array<std::string_view>(
    {"existing", "external",    "pull",     "tls",    "ref",      "k",      "kube", "kubernetes",
     "use",      "create",      "generate", "enable", "password", "token",  "cert", "certificate",
     "ca",       "credentials", "s",        "mount",  "image",    "volume", "of"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_number(std::string_view word) { return std::all_of(word.begin(), word.end(), is_digit); }

NameWeight fused_weight(std::string_view word) {
  if (is_one_of(plain_words, word)) return NameWeight::none;
  const auto* const found =
      std::find_if(endings.begin(), endings.end(), [&](const Ending& ending) { return word.ends_with(ending.text); });
  return found == endings.end() ? NameWeight::none : found->weight;
}

/// Whether the words end with those of a head.
bool ends_with(std::span<const std::string> words, std::string_view head) {
  std::size_t left = words.size();
  while (true) {
    const std::size_t blank = head.rfind(' ');
    const std::string_view last = blank == std::string_view::npos ? head : head.substr(blank + 1);
    if (left == 0 || words[left - 1] != last) return false;
    --left;
    if (blank == std::string_view::npos) return true;
    head = head.substr(0, blank);
  }
}

/// "proxy_pass" and "existingSecret" are no credentials.
bool is_led_elsewhere(std::span<const std::string> words) {
  if (words.size() < 2) return false;
  const std::string& last = words.back();
  const std::string& front = words[words.size() - 2];
  if (last == "secret") return is_one_of(naming_fronts, front);
  if (last != "pass") return false;
  return front == "proxy" || front == "one" || front == "two" || front == "by" || front == "single" ||
         front == "multi" || front == "grpc" || front == "fastcgi" || front == "uwsgi";
}

NameWeight weight_of(std::span<const std::string> words) {
  if (words.empty() || is_led_elsewhere(words)) return NameWeight::none;
  const Head* best = nullptr;
  for (const Head& head : heads) {
    if (ends_with(words, head.words) && (best == nullptr || head.words.size() > best->words.size())) best = &head;
  }
  return best != nullptr ? best->weight : fused_weight(words.back());
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  bool inside = false;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!is_word_byte(name[at])) {
      inside = false;
      continue;
    }
    if (!inside || starts_word(name, at)) words.emplace_back();
    inside = true;
    words.back() += is_upper(name[at]) ? static_cast<char>(name[at] - 'A' + 'a') : name[at];
  }
  return words;
}

NameVerdict judge_name(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  bool certain = true;
  for (std::size_t size = words.size(); size > 0; --size) {
    const std::span<const std::string> front(words.data(), size);
    if (const NameWeight weight = weight_of(front); weight != NameWeight::none) return {weight, certain};
    const std::string& tail = words[size - 1];
    if (is_one_of(telling_tails, tail)) return {};
    if (!is_number(tail) && !is_one_of(neutral_tails, tail)) certain = false;
  }
  return {};
}

}  // namespace rhumb::lint
