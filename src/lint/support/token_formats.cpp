#include "lint/support/token_formats.h"

#include <algorithm>
#include <array>

#include "lint/support/credential_values.h"

namespace rhumb::lint {
namespace {

enum class Alphabet : std::uint8_t {
  alnum,   // letters and digits
  word,    // with _
  url,     // with _ and -
  dotted,  // with _, - and .
  base64,  // letters, digits, + and /
  hex,     // lower case
  upper,   // upper case and digits
  base32,  // upper case and 2 to 7
};

struct Format {
  std::string_view prefix;
  Alphabet alphabet;
  std::size_t least;
  std::size_t most;  // 0: any number
  std::string_view what;
  /// Must be in it; empty for nothing.
  std::string_view holds = {};
};

// By prefix, so that a letter's formats stand together.
constexpr std::array formats{
    Format{"ABIA", Alphabet::base32, 16, 16, "an AWS access key ID"},
    Format{"ABSK", Alphabet::base64, 100, 280, "an Amazon Bedrock API key"},
    Format{"ACCA", Alphabet::base32, 16, 16, "an AWS access key ID"},
    Format{"AGE-SECRET-KEY-1", Alphabet::upper, 58, 58, "an age private key"},
    Format{"AIza", Alphabet::url, 35, 35, "a Google API key"},
    Format{"AKCp", Alphabet::alnum, 69, 0, "an Artifactory API key"},
    Format{"AKIA", Alphabet::base32, 16, 16, "an AWS access key ID"},
    Format{"ASIA", Alphabet::base32, 16, 16, "an AWS access key ID"},
    Format{"ATATT3", Alphabet::dotted, 60, 0, "an Atlassian token"},
    Format{"CCIPAT_", Alphabet::word, 40, 0, "a CircleCI token"},
    Format{"EAAA", Alphabet::url, 60, 60, "a Square access token"},
    Format{"GOCSPX-", Alphabet::url, 28, 28, "a Google OAuth client secret"},
    Format{"HRKU-", Alphabet::url, 36, 0, "a Heroku API key"},
    Format{"LTAI", Alphabet::alnum, 16, 20, "an Alibaba Cloud access key ID"},
    Format{"NRAK-", Alphabet::upper, 27, 27, "a New Relic API key"},
    Format{"NRII-", Alphabet::url, 32, 32, "a New Relic insert key"},
    Format{"PMAK-", Alphabet::url, 59, 59, "a Postman API key"},
    Format{"SG.", Alphabet::dotted, 66, 66, "a SendGrid API key", "."},
    Format{"SK", Alphabet::hex, 32, 32, "a Twilio API key"},
    Format{"bkua_", Alphabet::hex, 40, 40, "a Buildkite token"},
    Format{"dapi", Alphabet::hex, 32, 32, "a Databricks token"},
    Format{"dckr_pat_", Alphabet::url, 27, 0, "a Docker Hub token"},
    Format{"doo_v1_", Alphabet::hex, 64, 64, "a DigitalOcean token"},
    Format{"dop_v1_", Alphabet::hex, 64, 64, "a DigitalOcean token"},
    Format{"dor_v1_", Alphabet::hex, 64, 64, "a DigitalOcean token"},
    Format{"dp.pt.", Alphabet::alnum, 40, 44, "a Doppler token"},
    Format{"dp.st.", Alphabet::dotted, 40, 0, "a Doppler token"},
    Format{"dt0c01.", Alphabet::dotted, 89, 89, "a Dynatrace token", "."},
    Format{"dt0s01.", Alphabet::dotted, 89, 89, "a Dynatrace token", "."},
    Format{"eyJrIjoi", Alphabet::base64, 60, 0, "a Grafana API key"},
    Format{"figd_", Alphabet::url, 40, 0, "a Figma token"},
    Format{"fo1_", Alphabet::url, 40, 0, "a Fly.io token"},
    Format{"gho_", Alphabet::alnum, 36, 36, "a GitHub token"},
    Format{"ghp_", Alphabet::alnum, 36, 36, "a GitHub token"},
    Format{"ghr_", Alphabet::alnum, 36, 76, "a GitHub token"},
    Format{"ghs_", Alphabet::alnum, 36, 36, "a GitHub token"},
    Format{"ghu_", Alphabet::alnum, 36, 36, "a GitHub token"},
    Format{"github_pat_", Alphabet::word, 82, 82, "a GitHub token"},
    Format{"glagent-", Alphabet::url, 50, 0, "a GitLab token"},
    Format{"glc_", Alphabet::base64, 32, 0, "a Grafana Cloud token"},
    Format{"glcbt-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"gldt-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"glffct-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"glft-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"glimt-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"gloas-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"glpat-", Alphabet::dotted, 20, 0, "a GitLab token"},
    Format{"glptt-", Alphabet::hex, 40, 40, "a GitLab token"},
    Format{"glrt-", Alphabet::dotted, 20, 0, "a GitLab token"},
    Format{"glsa_", Alphabet::word, 41, 41, "a Grafana service account token"},
    Format{"glsoat-", Alphabet::url, 20, 0, "a GitLab token"},
    Format{"gsk_", Alphabet::alnum, 52, 52, "a Groq API key"},
    Format{"hf_", Alphabet::alnum, 34, 34, "a Hugging Face token"},
    Format{"hvb.", Alphabet::url, 90, 0, "a Vault token"},
    Format{"hvr.", Alphabet::url, 24, 0, "a Vault token"},
    Format{"hvs.", Alphabet::url, 24, 0, "a Vault token"},
    Format{"key-", Alphabet::hex, 32, 32, "a Mailgun API key"},
    Format{"lin_api_", Alphabet::alnum, 40, 40, "a Linear API key"},
    Format{"npm_", Alphabet::alnum, 36, 36, "an npm token"},
    Format{"ntn_", Alphabet::alnum, 40, 50, "a Notion token"},
    Format{"ops_eyJ", Alphabet::url, 250, 0, "a 1Password service account token"},
    Format{"patchca_", Alphabet::alnum, 40, 0, "a Patch token"},
    Format{"pnu_", Alphabet::alnum, 36, 36, "a Prefect token"},
    Format{"pplx-", Alphabet::alnum, 48, 0, "a Perplexity API key"},
    Format{"pscale_oauth_", Alphabet::dotted, 32, 64, "a PlanetScale token"},
    Format{"pscale_pw_", Alphabet::dotted, 32, 64, "a PlanetScale password"},
    Format{"pscale_tkn_", Alphabet::dotted, 32, 64, "a PlanetScale token"},
    Format{"pul-", Alphabet::hex, 40, 40, "a Pulumi token"},
    Format{"pypi-", Alphabet::url, 66, 0, "a PyPI token", "AgEIcHlwaS5vcmc"},
    Format{"r8_", Alphabet::alnum, 37, 37, "a Replicate token"},
    Format{"rk_live_", Alphabet::alnum, 10, 99, "a Stripe key"},
    Format{"rk_prod_", Alphabet::alnum, 10, 99, "a Stripe key"},
    Format{"rk_test_", Alphabet::alnum, 10, 99, "a Stripe key"},
    Format{"rubygems_", Alphabet::hex, 48, 48, "a RubyGems token"},
    Format{"sbp_", Alphabet::hex, 40, 40, "a Supabase token"},
    Format{"shpat_", Alphabet::hex, 32, 32, "a Shopify token"},
    Format{"shpca_", Alphabet::hex, 32, 32, "a Shopify token"},
    Format{"shppa_", Alphabet::hex, 32, 32, "a Shopify token"},
    Format{"shpss_", Alphabet::hex, 32, 32, "a Shopify secret"},
    Format{"sk-", Alphabet::url, 40, 0, "an OpenAI API key", "T3BlbkFJ"},
    Format{"sk-ant-", Alphabet::url, 80, 0, "an Anthropic API key"},
    Format{"sk-or-v1-", Alphabet::hex, 64, 64, "an OpenRouter API key"},
    Format{"sk_live_", Alphabet::alnum, 10, 99, "a Stripe key"},
    Format{"sk_prod_", Alphabet::alnum, 10, 99, "a Stripe key"},
    Format{"sk_test_", Alphabet::alnum, 10, 99, "a Stripe key"},
    Format{"sntryi_", Alphabet::base64, 40, 0, "a Sentry token"},
    Format{"sntrys_", Alphabet::url, 40, 0, "a Sentry token"},
    Format{"sntryu_", Alphabet::hex, 64, 64, "a Sentry token"},
    Format{"sq0atp-", Alphabet::url, 22, 22, "a Square token"},
    Format{"sq0csp-", Alphabet::url, 43, 43, "a Square secret"},
    Format{"tskey-api-", Alphabet::url, 20, 0, "a Tailscale key"},
    Format{"tskey-auth-", Alphabet::url, 20, 0, "a Tailscale key"},
    Format{"tskey-client-", Alphabet::url, 20, 0, "a Tailscale key"},
    Format{"v1.0-", Alphabet::url, 171, 171, "a Cloudflare origin CA key"},
    Format{"xapp-", Alphabet::url, 24, 0, "a Slack token"},
    Format{"xoxa-", Alphabet::url, 20, 0, "a Slack token"},
    Format{"xoxb-", Alphabet::url, 20, 0, "a Slack token"},
    Format{"xoxe.", Alphabet::dotted, 40, 0, "a Slack token"},
    Format{"xoxe-", Alphabet::url, 40, 0, "a Slack token"},
    Format{"xoxp-", Alphabet::url, 20, 0, "a Slack token"},
    Format{"xoxr-", Alphabet::url, 20, 0, "a Slack token"},
    Format{"xoxs-", Alphabet::url, 20, 0, "a Slack token"},
    Format{"ya29.", Alphabet::url, 40, 0, "a Google OAuth token"},
};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_upper(c) || is_lower(c) || is_digit(c); }

bool is_in(Alphabet alphabet, char c) {
  switch (alphabet) {
    case Alphabet::alnum: return is_alnum(c);
    case Alphabet::word: return is_alnum(c) || c == '_';
    case Alphabet::url: return is_alnum(c) || c == '_' || c == '-';
    case Alphabet::dotted: return is_alnum(c) || c == '_' || c == '-' || c == '.';
    case Alphabet::base64: return is_alnum(c) || c == '+' || c == '/';
    case Alphabet::hex: return is_digit(c) || (c >= 'a' && c <= 'f');
    case Alphabet::upper: return is_upper(c) || is_digit(c);
    case Alphabet::base32: break;
  }
  return is_upper(c) || (c >= '2' && c <= '7');
}

/// Longer than any token; a hostile text must not be read again from each of its bytes.
constexpr std::size_t most_bytes = 8192;

std::size_t run(std::string_view text, std::size_t at, Alphabet alphabet) {
  const std::size_t begin = at;
  const std::size_t end = std::min(text.size(), at + most_bytes);
  while (at < end && is_in(alphabet, text[at])) ++at;
  return at - begin;
}

/// Whether a token may begin there: not in the middle of a word.
bool is_edge(std::string_view text, std::size_t at) {
  return at == 0 || !(is_alnum(text[at - 1]) || std::string_view("_+-.").find(text[at - 1]) != std::string_view::npos);
}

/// What examples are made of: few different bytes, or a word that says so.
bool is_example(std::string_view token) {
  return token.find("EXAMPLE") != std::string_view::npos || token.find("example") != std::string_view::npos ||
         token.find("xxxx") != std::string_view::npos || token.find("XXXX") != std::string_view::npos ||
         entropy(token) < 2.5;
}

std::size_t match_format(std::string_view text, std::size_t at, const Format& format) {
  if (text.substr(at, format.prefix.size()) != format.prefix) return 0;
  const std::size_t body = run(text, at + format.prefix.size(), format.alphabet);
  if (body < format.least || (format.most > 0 && body > format.most)) return 0;
  const std::size_t end = at + format.prefix.size() + body;
  // Longer than it may be, in other characters.
  if (format.most > 0 && end < text.size() && (is_alnum(text[end]) || text[end] == '_')) return 0;
  const std::string_view token = text.substr(at + format.prefix.size(), body);
  if (!format.holds.empty() && token.find(format.holds) == std::string_view::npos) return 0;
  return is_example(token) ? 0 : format.prefix.size() + body;
}

/// Header, payload and signature in base 64: {"..., {"... and 20 bytes or more.
std::size_t match_jwt(std::string_view text, std::size_t at) {
  if (text.substr(at, 3) != "eyJ") return 0;
  const std::size_t header = run(text, at, Alphabet::url);
  const std::size_t payload_at = at + header + 1;
  if (header < 12 || text.substr(at + header, 4) != ".eyJ") return 0;
  const std::size_t payload = run(text, payload_at, Alphabet::url);
  if (payload_at + payload >= text.size() || text[payload_at + payload] != '.') return 0;
  const std::size_t signature = run(text, payload_at + payload + 1, Alphabet::url);
  return signature < 20 ? 0 : header + payload + signature + 2;
}

/// Three characters, a digit, Q~ and 31 to 34 more.
std::size_t match_azure(std::string_view text, std::size_t at) {
  const auto is_part = [](char c) { return is_in(Alphabet::dotted, c) || c == '~'; };
  if (at + 37 > text.size() || text.substr(at + 4, 2) != "Q~" || !is_digit(text[at + 3])) return 0;
  std::size_t end = at;
  while (end < text.size() && end - at <= 40 && is_part(text[end])) ++end;
  return end - at >= 37 && end - at <= 40 ? end - at : 0;
}

/// 14 letters and digits, ".atlasv1." and 60 or more.
std::size_t match_terraform(std::string_view text, std::size_t at) {
  constexpr std::string_view middle = ".atlasv1.";
  if (run(text, at, Alphabet::alnum) != 14 || text.substr(at + 14, middle.size()) != middle) return 0;
  const std::size_t tail = run(text, at + 14 + middle.size(), Alphabet::url);
  return tail < 60 ? 0 : 14 + middle.size() + tail;
}

/// 32 hexadecimal digits, "-us" and the number of the data centre.
std::size_t match_mailchimp(std::string_view text, std::size_t at) {
  if (run(text, at, Alphabet::hex) != 32 || text.substr(at + 32, 3) != "-us") return 0;
  std::size_t end = at + 35;
  while (end < text.size() && end <= at + 37 && is_digit(text[end])) ++end;
  return end > at + 35 && end <= at + 37 ? end - at : 0;
}

/// A number of eight to ten digits, ":AA" and 33 characters.
std::size_t match_telegram(std::string_view text, std::size_t at) {
  std::size_t digits = 0;
  while (digits <= 10 && at + digits < text.size() && is_digit(text[at + digits])) ++digits;
  if (digits < 8 || digits > 10 || text.substr(at + digits, 3) != ":AA") return 0;
  return run(text, at + digits + 1, Alphabet::url) == 35 ? digits + 36 : 0;
}

/// "s." and 24 letters and digits, as Vault made them before 1.10.
std::size_t match_old_vault(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "s." || run(text, at + 2, Alphabet::alnum) != 24) return 0;
  const std::string_view body = text.substr(at + 2, 24);
  const bool is_mixed = std::any_of(body.begin(), body.end(), is_upper) &&
                        std::any_of(body.begin(), body.end(), is_lower) &&
                        std::any_of(body.begin(), body.end(), is_digit);
  return is_mixed ? 26 : 0;
}

struct Special {
  std::size_t (*match)(std::string_view text, std::size_t at);
  std::string_view what;
};
constexpr std::array specials{
    Special{match_jwt, "a JSON Web Token"},
    Special{match_azure, "an Azure client secret"},
    Special{match_terraform, "a Terraform Cloud token"},
    Special{match_mailchimp, "a Mailchimp API key"},
    Special{match_telegram, "a Telegram bot token"},
    Special{match_old_vault, "a Vault token"},
};

TokenMatch match_at(std::string_view text, std::size_t at) {
  TokenMatch best;
  for (const Special& special : specials) {
    const std::size_t size = special.match(text, at);
    if (size > best.size && !is_example(text.substr(at, size))) best = {special.what, at, size};
  }
  const auto* from = std::lower_bound(formats.begin(), formats.end(), text[at],
                                      [](const Format& format, char c) { return format.prefix.front() < c; });
  for (; from != formats.end() && from->prefix.front() == text[at]; ++from) {
    const std::size_t size = match_format(text, at, *from);
    if (size > best.size) best = {from->what, at, size};
  }
  return best;
}

}  // namespace

std::vector<TokenMatch> find_tokens(std::string_view text) {
  std::vector<TokenMatch> found;
  for (std::size_t at = 0; at < text.size();) {
    const bool may_begin = (is_alnum(text[at]) || text[at] == '.' || text[at] == '~') && is_edge(text, at);
    const TokenMatch match = may_begin ? match_at(text, at) : TokenMatch{};
    if (match.size > 0) found.push_back(match);
    at += match.size > 0 ? match.size : 1;
  }
  return found;
}

}  // namespace rhumb::lint
