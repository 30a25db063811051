#include "lint/support/embedded_credentials.h"

#include <algorithm>
#include <array>

#include "lint/support/credential_values.h"
#include "rhumb/base/base64.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_upper(c) || is_lower(c) || is_digit(c); }
bool is_base64(char c) { return is_alnum(c) || c == '+' || c == '/'; }
bool is_hash(char c) { return is_alnum(c) || (c != '\0' && std::string_view("./$=,+-_").find(c) != npos); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

/// Longer than any key.
constexpr std::size_t most_bytes = 8192;
constexpr std::size_t most_hash_bytes = 256;
constexpr int most_key_pairs = 64;

constexpr auto hooks = std::to_array<std::string_view>({"hooks.slack.com/services/T", "hooks.slack.com/workflows/T",
                                                        "discord.com/api/webhooks/", "discordapp.com/api/webhooks/",
                                                        "webhook.office.com/webhookb2/"});

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<Credential> find() {
    each("-----BEGIN ", [this](std::size_t at) { private_key(at); });
    each("LS0tLS1CRUdJTi", [this](std::size_t at) { wrapped_key(at); });
    each("://", [this](std::size_t at) { address(at); });
    each("@tcp(", [this](std::size_t at) { go_address(at); });
    each("$", [this](std::size_t at) { hash(at); });
    each("{S", [this](std::size_t at) { ldap_hash(at); });
    each("\"auth\"", [this](std::size_t at) { registry_login(at); });
    each("AccountKey=", [this](std::size_t at) { storage_key(at); });
    each("asic ", [this](std::size_t at) { basic_header(at); });
    each("earer ", [this](std::size_t at) { bearer_header(at); });
    if (strings::contains(text_, "curl")) {
      each("-u ", [this](std::size_t at) { curl_login(at + 3); });
      each("--user ", [this](std::size_t at) { curl_login(at + 7); });
    }
    for (const std::string_view hook : hooks) {
      each(hook, [this, hook](std::size_t at) { webhook(at, hook.size()); });
    }
    each("AKIA", [this](std::size_t at) { aws_secret(at); });
    each("ASIA", [this](std::size_t at) { aws_secret(at); });
    return std::move(found_);
  }

 private:
  template <typename Visit>
  void each(std::string_view mark, const Visit& visit) {
    for (std::size_t at = text_.find(mark); at != npos; at = text_.find(mark, at + mark.size())) visit(at);
  }

  char at(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }

  void add(std::string_view what, std::size_t begin, std::size_t size, bool is_placeholder = false) {
    found_.push_back({std::string(what), begin, size, std::string(text_.substr(begin, size)), is_placeholder});
  }

  /// The end of a run of characters from there on. A hostile text must not be read again from each of its bytes, so
  /// that there is a bound.
  template <typename Is>
  std::size_t run_end(std::size_t from, const Is& is) const {
    const std::size_t bound = std::min(text_.size(), from + most_bytes);
    while (from < bound && is(text_[from])) ++from;
    return from;
  }

  /// A block of PEM with something in it; line breaks may be written as \n.
  void private_key(std::size_t begin) {
    constexpr std::string_view mark = "PRIVATE KEY";
    const std::size_t line_end = std::min(text_.find("-----", begin + 11), text_.size());
    const std::string_view kind = text_.substr(begin, line_end - begin);
    if (line_end - begin > 64 || !strings::contains(kind, mark)) return;
    const std::size_t end = text_.substr(0, line_end + most_bytes).find("-----END", line_end);
    const std::size_t body_end = std::min({end, text_.size(), line_end + 400});
    const std::string_view body = text_.substr(line_end, body_end - line_end);
    if (std::count_if(body.begin(), body.end(), is_base64) < 40) return;
    if (strings::contains(body, "...") || strings::contains(body, "{{")) return;
    const std::size_t last = end == npos ? npos : text_.substr(0, end + 64).find("-----", end + 8);
    const std::size_t stop = last == npos ? body_end : last + 5;
    add("a private key", begin, stop - begin);
  }

  void wrapped_key(std::size_t begin) {
    const std::size_t end = run_end(begin, is_base64);
    const std::size_t whole = (std::min<std::size_t>(end - begin, 96)) / 4 * 4;
    const auto bytes = decode_base64(text_.substr(begin, whole));
    if (bytes && strings::contains(*bytes, "PRIVATE KEY")) add("a private key in base 64", begin, end - begin);
  }

  static bool ends_authority(char c) {
    return c == '/' || c == '?' || c == '#' || is_space(c) || is_quote(c) || c == '<' || c == '>' || c == '\\';
  }

  /// scheme://user:password@host
  void address(std::size_t colon) {
    if (colon == 0 || !is_alnum(text_[colon - 1])) return;
    const std::size_t begin = colon + 3;
    std::size_t end = begin;
    while (end < text_.size() && !ends_authority(text_[end])) ++end;
    const std::string_view authority = text_.substr(begin, end - begin);
    const std::size_t at_sign = authority.rfind('@');
    const std::size_t split = authority.find(':');
    if (at_sign == npos || at_sign + 1 == authority.size() || split == npos || split + 1 >= at_sign) return;
    add_password(begin + split + 1, at_sign - split - 1, "the password in an address");
  }

  /// user:password@tcp(host:3306)/name
  void go_address(std::size_t at_sign) {
    std::size_t begin = at_sign;
    while (begin > 0 && !is_space(text_[begin - 1]) && !is_quote(text_[begin - 1]) && at_sign - begin < 256) --begin;
    const std::size_t split = text_.substr(begin, at_sign - begin).find(':');
    if (split == npos || begin + split + 1 == at_sign) return;
    add_password(begin + split + 1, at_sign - begin - split - 1, "the password in an address");
  }

  static bool is_filled_in(std::string_view password) {
    for (const std::string_view mark : {"$(", "${", "{{", "{", "%s", "%v", "<", "*", "["}) {
      if (strings::contains(password, mark)) return true;
    }
    return password.starts_with('$') || password.starts_with('%') || password.starts_with(':');
  }

  void add_password(std::size_t begin, std::size_t size, std::string_view what) {
    const std::string_view password = text_.substr(begin, size);
    if (!is_filled_in(password)) add(what, begin, size, is_placeholder(password));
  }

  /// $2y$10$..., $6$..., $apr1$..., $argon2id$...
  void hash(std::size_t begin) {
    const auto is_body = [](char c) { return is_alnum(c) || c == '.' || c == '/'; };
    const std::string_view rest = text_.substr(begin, 12);
    if (rest.size() > 6 && rest[1] == '2' && is_lower(rest[2]) && rest[3] == '$' && rest[6] == '$') {
      const std::size_t end = run_end(begin + 7, is_body);
      if (end - begin == 60) add("the hash of a password", begin, 60);
      return;
    }
    for (const auto& [prefix, least] : {std::pair<std::string_view, std::size_t>{"$apr1$", 22},
                                        {"$1$", 22},
                                        {"$5$", 43},
                                        {"$6$", 86},
                                        {"$y$", 43},
                                        {"$argon2", 60}}) {
      if (!rest.starts_with(prefix)) continue;
      const std::string_view own = text_.substr(0, begin + most_hash_bytes);
      std::size_t end = begin;
      while (end < own.size() && is_hash(own[end])) ++end;
      if (end - begin >= prefix.size() + least) add("the hash of a password", begin, end - begin);
      return;
    }
  }

  void ldap_hash(std::size_t begin) {
    for (const std::string_view prefix : {"{SHA}", "{SSHA}", "{SSHA256}", "{SSHA512}", "{SHA256}", "{SHA512}"}) {
      if (text_.substr(begin, prefix.size()) != prefix) continue;
      const std::size_t end = run_end(begin + prefix.size(), [](char c) { return is_base64(c) || c == '='; });
      if (end - begin - prefix.size() >= 28) add("the hash of a password", begin, end - begin);
      return;
    }
  }

  /// "auth": "user:password in base 64", as in .dockerconfigjson.
  void registry_login(std::size_t begin) {
    std::size_t from = run_end(begin + 6, [](char c) { return is_space(c) || c == ':'; });
    if (at(from) != '"') return;
    ++from;
    const std::size_t end = run_end(from, [](char c) { return is_base64(c) || c == '='; });
    if (at(end) != '"' || end - from < 8) return;
    const auto login = decode_base64(text_.substr(from, end - from));
    const std::size_t split = login ? login->find(':') : npos;
    if (split == npos || split + 1 >= login->size()) return;
    add("the login of a registry", from, end - from, is_placeholder(std::string_view(*login).substr(split + 1)));
  }

  void storage_key(std::size_t begin) {
    const std::size_t from = begin + 11;
    const std::size_t end = run_end(from, is_base64);
    if (end - from == 86 && at(end) == '=') add("the key of an Azure storage account", from, 88);
  }

  /// Whoever knows the address may write.
  void webhook(std::size_t begin, std::size_t size) {
    const std::size_t end = run_end(
        begin + size, [](char c) { return is_alnum(c) || (c != '\0' && std::string_view("/@-_.").find(c) != npos); });
    const std::string_view rest = text_.substr(begin + size, end - begin - size);
    const bool has_parts = strings::contains(rest, "/");
    if (has_parts && rest.size() >= 30 && entropy(rest) > 3) add("the address of a webhook", begin, end - begin);
  }

  /// Authorization: Basic ...
  void basic_header(std::size_t word) {
    const std::size_t from = word + 5;
    const std::size_t end = run_end(from, [](char c) { return is_base64(c) || c == '='; });
    if (word == 0 || end - from < 8) return;
    const auto login = decode_base64(text_.substr(from, end - from));
    if (!login || !std::all_of(login->begin(), login->end(), [](char c) { return c >= ' ' && c <= '~'; })) return;
    const std::size_t split = login->find(':');
    if (split != npos && split > 0 && split + 1 < login->size()) add("a login", from, end - from);
  }

  void bearer_header(std::size_t word) {
    const std::size_t from = word + 6;
    const std::size_t end = run_end(from, [](char c) { return is_base64(c) || c == '-' || c == '_' || c == '.'; });
    const std::string_view token = text_.substr(from, end - from);
    if (word > 0 && token.size() >= 16 && judge_value(token) == ValueWeight::strong) {
      add("a bearer token", from, token.size());
    }
  }

  /// user:password behind curl's -u.
  void curl_login(std::size_t from) {
    from = run_end(from, [](char c) { return c == ' ' || is_quote(c); });
    const std::size_t end = run_end(from, [](char c) { return !is_space(c) && !is_quote(c); });
    const std::size_t split = text_.substr(from, end - from).find(':');
    if (split == npos || split == 0 || from + split + 1 >= end) return;
    add_password(from + split + 1, end - from - split - 1, "the password of a login");
  }

  /// 40 characters of base 64 near an access key ID.
  void aws_secret(std::size_t id) {
    if (++key_pairs_ > most_key_pairs) return;
    const std::size_t begin = id > 300 ? id - 300 : 0;
    const std::size_t stop = std::min(text_.size(), id + 320);
    for (std::size_t from = begin; from < stop;) {
      const std::size_t end = run_end(from, is_base64);
      const std::string_view body = text_.substr(from, end - from);
      const bool has_all = std::any_of(body.begin(), body.end(), is_upper) &&
                           std::any_of(body.begin(), body.end(), is_lower) &&
                           std::any_of(body.begin(), body.end(), is_digit);
      if (body.size() == 40 && has_all && entropy(body) > 4 && !is_placeholder(body)) {
        add("an AWS secret access key", from, 40);
        return;
      }
      from = end + 1;
    }
  }

  std::string_view text_;
  std::vector<Credential> found_;
  int key_pairs_ = 0;
};

}  // namespace

std::vector<Credential> find_embedded(std::string_view text) { return Finder(text).find(); }

}  // namespace rhumb::lint
