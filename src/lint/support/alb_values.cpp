#include "lint/support/alb_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "lint/support/alb.h"
#include "rhumb/base/ip_address.h"
#include "rhumb/base/regex.h"
#include "rhumb/base/strings.h"

namespace rhumb::lint {
namespace {

struct Choice {
  std::string_view name;
  std::array<std::string_view, 3> values;
};

constexpr std::array choices{
    Choice{"scheme", {"internal", "internet-facing", ""}},
    Choice{"ip-address-type", {"ipv4", "dualstack", "dualstack-without-public-ipv4"}},
    Choice{"target-type", {"instance", "ip", ""}},
    Choice{"backend-protocol", {"HTTP", "HTTPS", ""}},
    Choice{"backend-protocol-version", {"HTTP1", "HTTP2", "GRPC"}},
    Choice{"healthcheck-protocol", {"HTTP", "HTTPS", ""}},
    Choice{"auth-type", {"none", "oidc", "cognito"}},
    Choice{"auth-on-unauthenticated-request", {"authenticate", "allow", "deny"}},
    Choice{"shield-advanced-protection", {"true", "false", ""}},
    Choice{"manage-backend-security-group-rules", {"true", "false", ""}},
    Choice{"multi-cluster-target-group", {"true", "false", ""}},
    Choice{"create-acm-cert", {"true", "false", ""}},
};

/// Bounds of the load balancer's API.
struct Range {
  std::string_view name;
  std::int64_t least;
  std::int64_t most;
};

constexpr std::array ranges{
    Range{"group.order", -1000, 1000},
    Range{"healthcheck-interval-seconds", 5, 300},
    Range{"healthcheck-timeout-seconds", 2, 120},
    Range{"healthy-threshold-count", 2, 10},
    Range{"unhealthy-threshold-count", 2, 10},
    Range{"auth-session-timeout", 1, 604800},
};

constexpr std::array pair_lists{
    std::string_view("load-balancer-attributes"),
    std::string_view("target-group-attributes"),
    std::string_view("tags"),
    std::string_view("minimum-load-balancer-capacity"),
    std::string_view("target-node-labels"),
};
constexpr std::array json_texts{
    std::string_view("auth-idp-cognito"),
    std::string_view("auth-idp-oidc"),
    std::string_view("mutual-authentication"),
    std::string_view("jwt-validation"),
};

template <typename List>
const typename List::value_type* find_named(const List& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& entry) { return entry.name == name; });
  return found == list.end() ? nullptr : &*found;
}

template <typename List>
bool has(const List& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool matches(std::string_view pattern, std::string_view text) {
  return RegexSubject(*Regex::compile(Limits{}, pattern), text).matches();
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

std::string choice_fault(const Choice& choice, std::string_view value) {
  if (std::find(choice.values.begin(), choice.values.end(), value) != choice.values.end() && !value.empty()) return {};
  std::string text;
  for (const std::string_view each : choice.values) {
    if (!each.empty()) text += (text.empty() ? "" : ", ") + std::string(each);
  }
  return fmt::format("\"{}\" is none of {}", value, text);
}

std::string range_fault(const Range& range, std::string_view value) {
  const auto number = number_of(value);
  if (!number) return fmt::format("\"{}\" is no number", value);
  if (*number >= range.least && *number <= range.most) return {};
  return fmt::format("{} is out of range: it goes from {} to {}", *number, range.least, range.most);
}

std::string each_part(std::string_view value, std::string (*fault)(std::string_view)) {
  for (const std::string_view part : strings::split(value, ",")) {
    const std::string_view text = strings::trim_space(part);
    if (text.empty()) continue;
    if (std::string found = fault(text); !found.empty()) return found;
  }
  return {};
}

std::string pair_fault(std::string_view text) {
  return text.find('=') == std::string_view::npos ? fmt::format("\"{}\" is no pair key=value", text) : std::string();
}

std::string certificate_fault(std::string_view text) {
  constexpr std::string_view pattern =
      "^arn:aws(-[a-z]+)*:(acm:[a-z]+(-[a-z]+)+-[0-9]+:[0-9]{12}:certificate/[0-9A-Za-z-]+|"
      "iam::[0-9]{12}:server-certificate/.+)$";
  if (matches(pattern, text)) return {};
  return fmt::format(
      "\"{}\" is no ARN of a certificate: arn:aws:acm:<region>:<12 digits>:certificate/<id>, or one of IAM", text);
}

std::string cidr_fault(std::string_view text) {
  const std::size_t slash = text.find('/');
  std::string error;
  const auto address = parse_ip_address(text.substr(0, slash), error);
  const auto bits = slash == std::string_view::npos ? std::nullopt : number_of(text.substr(slash + 1));
  if (address && bits && *bits >= 0 && *bits <= (address->is_v4 ? 32 : 128)) return {};
  return fmt::format("\"{}\" is no network: 10.0.0.0/8", text);
}

std::string name_fault(std::string_view value) {
  if (matches("^[0-9A-Za-z]([0-9A-Za-z-]{0,30}[0-9A-Za-z])?$", value) && !value.starts_with("internal-")) return {};
  return fmt::format(
      "\"{}\" is no name of a load balancer: letters, digits and '-', at most 32, not \"internal-\" first", value);
}

}  // namespace

std::string alb_value_fault(std::string_view name, std::string_view value) {
  if (const Choice* choice = find_named(choices, name)) return choice_fault(*choice, value);
  if (const Range* range = find_named(ranges, name)) return range_fault(*range, value);
  if (has(pair_lists, name) || name.starts_with("listener-attributes.")) return each_part(value, pair_fault);
  if (has(json_texts, name)) {
    const AlbJson json = read_alb_json(value);
    return json.error.empty() ? std::string() : "it is not JSON: " + json.error;
  }
  if (name == "certificate-arn") return each_part(value, certificate_fault);
  if (name == "inbound-cidrs") return each_part(value, cidr_fault);
  if (name == "load-balancer-name") return name_fault(value);
  if (name == "success-codes" && !matches("^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$", value)) {
    return fmt::format("\"{}\" are no codes: 200, 200,201 or 200-299", value);
  }
  if (name == "healthcheck-path" && !value.starts_with('/')) {
    return fmt::format("\"{}\" does not begin with a slash", value);
  }
  if (name == "wafv2-acl-arn" && value != "none" &&
      !matches("^arn:aws(-[a-z]+)*:wafv2:[^:]+:[0-9]{12}:regional/webacl/[^/]+/[^/]+$", value)) {
    return fmt::format("\"{}\" is no ARN of a regional web ACL", value);
  }
  return {};
}

}  // namespace rhumb::lint
