#include "lint/support/credential_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "rhumb/base/base64.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::lint {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_base64(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '-' || c == '_'; }

bool all(std::string_view text, bool (*is)(char)) { return std::all_of(text.begin(), text.end(), is); }
bool any(std::string_view text, bool (*is)(char)) { return std::any_of(text.begin(), text.end(), is); }

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// Words of formats and settings: nobody's password, or nobody's business to say so.
constexpr auto setting_words = std::to_array<std::string_view>(
    {"true",      "false",    "yes",       "no",        "on",       "off",           "null",       "none",
     "nil",       "nan",      "string",    "str",       "integer",  "int",           "number",     "bool",
     "boolean",   "object",   "array",     "required",  "optional", "enabled",       "disabled",   "auto",
     "default",   "generate", "generated", "random",    "plain",    "plaintext",     "basic",      "bearer",
     "jwt",       "oauth",    "oauth2",    "oidc",      "ldap",     "saml",          "kerberos",   "md5",
     "sha1",      "sha256",   "sha512",    "bcrypt",    "argon2",   "scrypt",        "pbkdf2",     "scram",
     "file",      "env",      "vault",     "external",  "internal", "scram-sha-1",   "kubernetes", "scram-sha-256",
     "negotiate", "trust",    "peer",      "anonymous", "value",    "scram-sha-512", "header",     "cookie",
     "query"});

/// Beginnings of references to where a secret really is.
constexpr auto reference_fronts = std::to_array<std::string_view>({"arn:",
                                                                   "ref+",
                                                                   "vault:",
                                                                   "ssm:",
                                                                   "awsssm:",
                                                                   "awssm:",
                                                                   "enc[",
                                                                   "op://",
                                                                   "file:",
                                                                   "env:",
                                                                   "secretsmanager:",
                                                                   "secretref:",
                                                                   "keyvault:",
                                                                   "gcpsm:",
                                                                   "sm://",
                                                                   "kms:",
                                                                   "sops:",
                                                                   "secret:",
                                                                   "configmap:",
                                                                   "ssh-rsa ",
                                                                   "ssh-ed25519 ",
                                                                   "ecdsa-sha2-",
                                                                   "-----begin cert",
                                                                   "-----begin public",
                                                                   "-----begin rsa public"});

constexpr auto placeholder_fronts = std::to_array<std::string_view>(
    {"changeme",       "changeit",   "changethis",    "pleasechange", "replace",    "your",
     "insert",         "todo",       "fixme",         "dummy",        "example",    "sample",
     "fake",           "redacted",   "putyour",       "enteryour",    "setme",      "overrideme",
     "notarealsecret", "notasecret", "mustbechanged", "tobereplaced", "someexample"});
constexpr auto placeholder_words = std::to_array<std::string_view>(
    {"test", "testing", "foo", "bar", "foobar", "baz", "tbd", "todo", "na", "unset", "undefined", "none", "notset",
     "mypassword", "mysecret", "mytoken", "myapikey", "secretpassword"});

/// What such a word may stand before in a placeholder: words of the names of credentials, and of what they open.
constexpr auto filler_words =
    std::to_array<std::string_view>({"my", "test", "testing", "demo", "some", "the", "any", "foo", "mock", "temp",
                                     "first", "second", "third", "another", "other"});
/// What a value may be called that says what it is and whose: "jiraToken".
constexpr auto self_names = std::to_array<std::string_view>(
    {"password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "secretkey", "accesskey"});
constexpr auto short_names = std::to_array<std::string_view>({"pass", "pw", "key"});
constexpr std::size_t most_owner_bytes = 16;
/// What products are installed with: everybody tries these first.
constexpr auto known_defaults = std::to_array<std::string_view>(
    {"password", "passw0rd", "secret", "admin", "administrator", "root", "guest", "user", "postgres", "mysql", "redis",
     "rabbitmq", "elastic", "grafana", "minioadmin", "minio", "minio123", "bitnami", "letmein"});
constexpr auto name_words = std::to_array<std::string_view>(
    {"password", "passwd",     "passphrase",     "pass",        "pwd",   "secret", "token", "api",      "access",
     "key",      "auth",       "authentication", "private",     "admin", "root",   "user",  "username", "db",
     "database", "encryption", "credential",     "credentials", "super", "secure", "login", "client",   "value"});

std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : strings::to_lower(text)) {
    if (is_letter(c) || is_digit(c)) out += c;
  }
  return out;
}

/// Nothing but words of names, one after the other.
bool is_made_of_names(std::string_view text) {
  return !text.empty() && std::any_of(name_words.begin(), name_words.end(), [&](std::string_view word) {
    return text == word || (text.starts_with(word) && is_made_of_names(text.substr(word.size())));
  });
}

/// "testpassword", "my_private_password", "demo-token-1": a filler, the name of what belongs there, at most a number.
bool is_filled_name(std::string_view core) {
  const std::size_t end = core.find_last_not_of("0123456789");
  if (end == std::string_view::npos || core.size() - end > 5 || core.size() > 64) return false;
  core = core.substr(0, end + 1);
  return std::any_of(filler_words.begin(), filler_words.end(), [&](std::string_view filler) {
    if (!core.starts_with(filler)) return false;
    const std::string_view name = core.substr(filler.size());
    return is_made_of_names(name) || edit_distance(name, "password") <= 2;
  });
}

/// DB_PASSWORD: the name of a variable.
bool is_constant(std::string_view value) {
  return strings::contains(value, "_") && any(value, is_upper) &&
         all(value, [](char c) { return is_upper(c) || is_digit(c) || c == '_'; });
}

/// "harbor_registry_password": words of letters, the last of them what belongs there.
bool is_phrase_of_name(std::string_view text) {
  const std::size_t split = text.find_last_of("-_. ");
  if (split == std::string_view::npos || split == 0) return false;
  const std::string last = strings::to_lower(text.substr(split + 1));
  return (is_one_of(self_names, last) || is_one_of(short_names, last)) && all(text.substr(0, split), [](char c) {
           return is_letter(c) || c == '-' || c == '_' || c == '.' || c == ' ';
         });
}

/// "jiraToken", "grafanapassword": one word for the owner and what belongs there, which is no value of it.
bool is_named_after_itself(std::string_view core) {
  return std::any_of(self_names.begin(), self_names.end(), [&](std::string_view name) {
    if (!core.ends_with(name)) return false;
    const std::string_view owner = core.substr(0, core.size() - name.size());
    return owner.size() >= 2 && owner.size() <= most_owner_bytes && all(owner, is_letter);
  });
}

bool is_one_char(std::string_view text) { return text.find_first_not_of(text.front()) == std::string_view::npos; }

/// Filled in later, by a shell, a template, a deployment tool, a program.
bool is_expression(std::string_view text) {
  if (text.front() == '\\' || text.front() == '(') return true;
  for (const std::string_view mark : {"{{", "$(", "${", "#{", "<%", "[[", "{%", "%("}) {
    if (strings::contains(text, mark)) return true;
  }
  if (text.size() > 1 && text[0] == '$' && (is_letter(text[1]) || text[1] == '_')) {
    return all(text.substr(1), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
  }
  const auto is_within = [&](std::string_view open, std::string_view close) {
    return text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close);
  };
  return is_within("__", "__") || is_within("@@", "@@") || is_within("%", "%") || is_within("@", "@") ||
         // A call: to_string(port).
         (is_letter(text.front()) && is_within("", ")") && strings::contains(text, "("));
}

bool is_path(std::string_view text) {
  const bool starts = text.starts_with("/") || text.starts_with("./") || text.starts_with("../") ||
                      text.starts_with("~/") || (text.size() > 2 && text[1] == ':' && text[2] == '\\');
  return starts && all(text, [](char c) {
           return is_letter(c) || is_digit(c) || std::string_view("/._-@:~\\ ").find(c) != std::string_view::npos;
         });
}

constexpr auto units = std::to_array<std::string_view>(
    {"ns", "us", "ms", "s",  "sec", "m",  "min", "h",  "d",  "w",  "y",  "k",  "K", "M", "G", "T", "B",
     "kB", "KB", "MB", "GB", "TB",  "Ki", "Mi",  "Gi", "Ti", "mb", "gb", "kb", "%", "i", "x", "px"});

/// "30", "1.5", "15m", "1h30m", "512Mi", "80%", "12:30".
bool is_amount(std::string_view text) {
  if (!is_digit(text.front()) && text.front() != '-' && text.front() != '+') return false;
  std::size_t at = text.find_first_not_of("+-0123456789.,_:");
  while (at != std::string_view::npos) {
    std::size_t end = at;
    while (end < text.size() && (is_letter(text[end]) || text[end] == '%')) ++end;
    if (!is_one_of(units, text.substr(at, end - at))) return false;
    at = text.find_first_not_of("0123456789.", end);
  }
  // Long runs of digits are more than an amount.
  return !(all(text, is_digit) && text.size() >= 6);
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::string_view host = at == std::string_view::npos ? "" : text.substr(at + 1);
  return at != std::string_view::npos && at > 0 && host.find('@') == std::string_view::npos &&
         host.find('.') != std::string_view::npos &&
         all(host, [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-'; }) &&
         all(text.substr(0, at), [](char c) { return is_letter(c) || c == '.' || c == '-' || c == '_'; });
}

/// "The password of the database".
bool is_prose(std::string_view text) {
  const std::vector<std::string_view> words = strings::fields(text);
  if (words.size() < 3) return false;
  const auto is_plain = [](std::string_view word) { return all(strings::trim(word, ".,;:!?()'\"`"), is_letter); };
  const auto count = std::count_if(words.begin(), words.end(), is_plain);
  return static_cast<std::size_t>(count) * 3 >= words.size() * 2;
}

/// A name of something, in the way people and Kubernetes make them: words, with short numbers here and there.
bool is_name_part(std::string_view part) {
  // k8s, s3, 2nd, x86
  if (part.size() <= 4 && all(part, [](char c) { return is_letter(c) || is_digit(c); })) return true;
  std::size_t at = 0;
  while (at < part.size() && is_letter(part[at])) ++at;
  const std::string_view letters = part.substr(0, at);
  const std::string_view digits = part.substr(at);
  if (!all(digits, is_digit) || digits.size() > 4) return false;
  const bool is_one_case = !any(letters, is_upper) || !any(letters, is_lower);
  // Camel case: no two upper-case letters beside each other but at the start.
  return is_one_case || std::adjacent_find(letters.begin() + 1, letters.end(),
                                           [](char a, char b) { return is_upper(a) && is_upper(b); }) == letters.end();
}

struct Name {
  bool is = false;
  std::size_t parts = 0;
};

Name as_name(std::string_view text) {
  Name name{true, 1};
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && std::string_view("-_./:").find(text[at]) == std::string_view::npos) continue;
    if (!is_name_part(text.substr(begin, at - begin))) return {};
    if (at < text.size()) ++name.parts;
    begin = at + 1;
  }
  return name;
}

/// "tms/production/gsp-api-Pf2yLs": the way to something that is kept elsewhere.
bool is_route(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || slash < 3 || text.find_first_of("+= ") != std::string_view::npos) return false;
  const Name name = as_name(text.substr(0, slash));
  return name.is && any(text.substr(0, slash), is_lower);
}

/// Changes between letters and digits, and between the cases of letters where no word begins.
std::size_t changes(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char a = text[at - 1];
    const char b = text[at];
    if (is_letter(a) != is_letter(b) && (is_digit(a) || is_digit(b))) ++count;
    if (is_upper(a) && is_lower(b) && at > 1 && is_upper(text[at - 2])) ++count;
  }
  return count;
}

bool looks_random(std::string_view text) {
  if (text.size() < 8 || text.find(' ') != std::string_view::npos) return false;
  const bool has_symbol = text.find_first_of("!@#$%^&*+=?~|<>;,()[]{}\\`'\"") != std::string_view::npos;
  if (has_symbol && any(text, is_letter)) return true;
  if (all(text, is_digit)) return text.size() >= 12 && entropy(text) > 2.5;
  return any(text, is_letter) && changes(text) >= 2 && entropy(text) >= 2.5;
}

/// "1.2.3-rc.1+build", "2024-01-31", "v20240131": a version or a date.
bool is_version(std::string_view text) {
  const std::string_view digits = text.starts_with('v') ? text.substr(1) : text;
  if (digits.empty() || !is_digit(digits.front())) return false;
  const std::size_t end = digits.find_first_not_of("0123456789.");
  const std::string_view front = digits.substr(0, end);
  return std::count(front.begin(), front.end(), '.') >= 1 &&
         (end == std::string_view::npos || digits[end] == '-' || digits[end] == '+');
}

/// 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_dash = at == 8 || at == 13 || at == 18 || at == 23;
    if (is_dash ? text[at] != '-' : !is_hex(text[at])) return false;
  }
  return true;
}

/// "user=postgres": a pair of its own, whose name says what it is.
bool is_pair(std::string_view text) {
  const std::size_t equal = text.find('=');
  if (equal == std::string_view::npos || equal == 0 || text.find_first_not_of('=', equal) == std::string_view::npos) {
    return false;
  }
  return all(text.substr(0, equal), [](char c) { return is_letter(c) || c == '_' || c == '.' || c == '-'; });
}

/// Stands there because something must: replaced when the pod starts, or never read.
bool is_stand_in(std::string_view core) {
  return strings::contains(core, "placeholder") || strings::contains(core, "notused") ||
         strings::contains(core, "unused") || core == "notneeded" || core == "notrequired";
}

bool is_meaningless(std::string_view value) {
  const std::string lower = strings::to_lower(value);
  if (is_one_of(setting_words, lower)) return true;
  if (!any(value, [](char c) { return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; })) {
    return true;
  }
  return value.front() == '{' || value.front() == '[' || is_path(value) || is_amount(value) || is_version(value) ||
         is_email(value) || is_prose(value) || is_pair(value);
}

bool is_reference(std::string_view value) {
  const std::string lower = strings::to_lower(value.substr(0, 24));
  for (const std::string_view front : reference_fronts) {
    if (lower.starts_with(front)) return true;
  }
  // kubeseal's output.
  if (value.starts_with("Ag") && value.size() >= 200) return true;
  return is_expression(value) || strings::contains(value, "://");
}

bool is_placeholder_text(std::string_view value) {
  if (value.size() > 2 && value.front() == '<' && value.back() == '>') return true;
  const std::string core = letters_and_digits(value);
  if (core.empty()) return false;
  if (core.size() >= 3 && is_one_char(core)) return true;
  if (is_one_of(placeholder_words, core) || is_one_of(known_defaults, core) || is_filled_name(core)) return true;
  if (says_what_it_is(value)) return true;
  for (const std::string_view front : placeholder_fronts) {
    if (core.starts_with(front)) return true;
  }
  return strings::contains(core, "changeme") || strings::contains(core, "replaceme") || core.ends_with("example") ||
         strings::contains(core, "xxxxx");
}

/// What base 64 of readable text says.
std::optional<std::string> decode_if_text(std::string_view value) {
  if (value.size() < 8 || value.size() % 4 != 0) return {};
  auto decoded = decode_base64(value);
  if (!decoded || !all(*decoded, [](char c) { return c >= ' ' && c <= '~'; })) return {};
  return decoded;
}

}  // namespace

double entropy(std::string_view text) {
  std::array<std::size_t, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool says_what_it_is(std::string_view value) {
  const std::string core = letters_and_digits(value);
  if (is_constant(value) || is_filled_name(core)) return false;
  return is_named_after_itself(core) || is_phrase_of_name(value) || is_made_of_names(core);
}

bool is_placeholder(std::string_view value) {
  value = strings::trim_space(value);
  const auto decoded = decode_if_text(value);
  return is_placeholder_text(value) || (decoded && is_placeholder_text(*decoded));
}

bool is_random_text(std::string_view value) {
  while (value.ends_with('=')) value.remove_suffix(1);
  if (value.size() < 20 || is_uuid(value) || !all(value, is_base64)) return false;
  if (all(value, is_hex)) return false;  // digests and commits are more common than keys
  return any(value, is_upper) && any(value, is_lower) && any(value, is_digit) && changes(value) >= 4 &&
         entropy(value) >= (value.size() >= 32 ? 4.5 : 4.0);
}

ValueWeight judge_value(std::string_view value) {
  value = strings::trim_space(value);
  if (value.size() < 3 || value.size() > 4096) return ValueWeight::none;
  if (is_reference(value) || is_stand_in(letters_and_digits(value))) return ValueWeight::none;
  if (is_placeholder(value)) return ValueWeight::placeholder;
  if (is_meaningless(value) || is_constant(value)) return ValueWeight::none;
  if (const Name name = as_name(value); name.is) return name.parts > 1 ? ValueWeight::name : ValueWeight::weak;
  if (is_route(value)) return ValueWeight::name;
  return looks_random(value) ? ValueWeight::strong : ValueWeight::weak;
}

}  // namespace rhumb::lint
