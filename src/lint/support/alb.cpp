#include "lint/support/alb.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lint/support/ingress_graph.h"
#include "rhumb/yaml/json.h"

namespace rhumb::lint {
namespace {

constexpr std::array annotations{
    std::string_view("load-balancer-name"),
    std::string_view("group.name"),
    std::string_view("group.order"),
    std::string_view("tags"),
    std::string_view("ip-address-type"),
    std::string_view("scheme"),
    std::string_view("subnets"),
    std::string_view("customer-owned-ipv4-pool"),
    std::string_view("load-balancer-attributes"),
    std::string_view("wafv2-acl-arn"),
    std::string_view("wafv2-acl-name"),
    std::string_view("waf-acl-id"),
    std::string_view("web-acl-id"),
    std::string_view("shield-advanced-protection"),
    std::string_view("security-groups"),
    std::string_view("listen-ports"),
    std::string_view("ssl-redirect"),
    std::string_view("inbound-cidrs"),
    std::string_view("certificate-arn"),
    std::string_view("ssl-policy"),
    std::string_view("target-type"),
    std::string_view("backend-protocol"),
    std::string_view("backend-protocol-version"),
    std::string_view("target-group-attributes"),
    std::string_view("healthcheck-port"),
    std::string_view("healthcheck-protocol"),
    std::string_view("healthcheck-path"),
    std::string_view("healthcheck-interval-seconds"),
    std::string_view("healthcheck-timeout-seconds"),
    std::string_view("healthy-threshold-count"),
    std::string_view("unhealthy-threshold-count"),
    std::string_view("success-codes"),
    std::string_view("auth-type"),
    std::string_view("auth-idp-cognito"),
    std::string_view("auth-idp-oidc"),
    std::string_view("auth-on-unauthenticated-request"),
    std::string_view("auth-scope"),
    std::string_view("auth-session-cookie"),
    std::string_view("auth-session-timeout"),
    std::string_view("jwt-validation"),
    std::string_view("target-node-labels"),
    std::string_view("manage-backend-security-group-rules"),
    std::string_view("mutual-authentication"),
    std::string_view("security-group-prefix-lists"),
    std::string_view("multi-cluster-target-group"),
    std::string_view("minimum-load-balancer-capacity"),
    std::string_view("ipam-ipv4-pool-id"),
    std::string_view("enable-frontend-nlb"),
    std::string_view("frontend-nlb-scheme"),
    std::string_view("frontend-nlb-subnets"),
    std::string_view("frontend-nlb-security-groups"),
    std::string_view("frontend-nlb-listener-port-mapping"),
    std::string_view("frontend-nlb-eip-allocations"),
    std::string_view("frontend-nlb-healthcheck-port"),
    std::string_view("frontend-nlb-healthcheck-protocol"),
    std::string_view("frontend-nlb-healthcheck-path"),
    std::string_view("frontend-nlb-healthcheck-interval-seconds"),
    std::string_view("frontend-nlb-healthcheck-timeout-seconds"),
    std::string_view("frontend-nlb-healthcheck-healthy-threshold-count"),
    std::string_view("frontend-nlb-healthcheck-unhealthy-threshold-count"),
    std::string_view("frontend-nlb-healthcheck-success-codes"),
    std::string_view("frontend-nlb-attributes"),
    std::string_view("frontend-nlb-tags"),
    std::string_view("use-regex-path-match"),
    std::string_view("create-acm-cert"),
    std::string_view("acm-pca-arn"),
    std::string_view("dry-run-plan"),
};
/// These go on in a name of one's own.
constexpr std::array open_annotations{
    std::string_view("actions."),
    std::string_view("conditions."),
    std::string_view("transforms."),
    std::string_view("listener-attributes."),
    std::string_view("target-control-port."),
};

}  // namespace

std::string alb_key(std::string_view name) { return std::string(alb_prefix) + std::string(name); }

AlbJson read_alb_json(std::string_view text) {
  AlbJson read;
  Heap heap;
  if (const auto json = yaml::read_json(text, heap); !json) {
    read.error = json.error().message;
    return read;
  }
  // JSON is YAML, and a tree knows its kinds.
  auto tree = yaml::Tree::read(text);
  if (!tree) {
    read.error = tree.error().message;
  } else {
    read.tree = std::make_unique<yaml::Tree>(std::move(*tree));
  }
  return read;
}

bool AlbListeners::has(std::string_view protocol) const {
  return std::any_of(ports.begin(), ports.end(), [&](const auto& port) { return port.first == protocol; });
}

std::string AlbListeners::protocol_of(std::int64_t port) const {
  const auto found = std::find_if(ports.begin(), ports.end(), [&](const auto& each) { return each.second == port; });
  return found == ports.end() ? std::string() : found->first;
}

namespace {

std::string add_listener(AlbListeners& listeners, Node entry) {
  const auto port = entry.integer();
  if (!port) return fmt::format("the port of {} is no number", entry.key());
  if (*port < 1 || *port > 65535) return fmt::format("{} is no port: they go from 1 to 65535", *port);
  if (entry.key() != "HTTP" && entry.key() != "HTTPS") {
    return fmt::format("{} is no protocol of a listener: they are HTTP and HTTPS", entry.key());
  }
  listeners.ports.emplace_back(entry.key(), *port);
  return {};
}

}  // namespace

AlbListeners alb_listeners(const Object& ingress) {
  AlbListeners listeners;
  listeners.node = ingress.metadata()["annotations"][alb_key("listen-ports")];
  if (!listeners.node) {
    const bool has_certificate = !ingress.annotation(alb_key("certificate-arn")).empty() ||
                                 ingress.annotation(alb_key("create-acm-cert")) == "true";
    listeners.ports.emplace_back(has_certificate ? "HTTPS" : "HTTP", has_certificate ? 443 : 80);
    return listeners;
  }
  const AlbJson json = read_alb_json(listeners.node.scalar_text());
  listeners.error = json.error;
  if (!listeners.error.empty()) return listeners;
  if (!json.root().is_list() || json.root().empty()) {
    listeners.error = "it is no list of listeners";
    return listeners;
  }
  for (const Node item : json.root()) {
    if (!item.is_map()) listeners.error = R"(a listener is an object: {"HTTPS": 443})";
    for (const Node entry : item) {
      if (listeners.error.empty()) listeners.error = add_listener(listeners, entry);
    }
  }
  return listeners;
}

bool has_redirect_action(const Object& ingress) {
  const std::vector<IngressBackend> backends = ingress_backends(ingress);
  return std::any_of(backends.begin(), backends.end(), [&](const IngressBackend& backend) {
    if (!backend.port || backend.port->text != alb_use_annotation) return false;
    const AlbJson json = read_alb_json(ingress.annotation(alb_key("actions." + std::string(backend.service))));
    Node redirect = json.root()["redirectConfig"];
    if (!redirect) redirect = json.root()["RedirectConfig"];
    const std::string_view protocol = redirect["protocol"] ? redirect["protocol"].text() : redirect["Protocol"].text();
    return protocol == "HTTPS";
  });
}

std::string_view alb_group(const Object& ingress) { return ingress.annotation(alb_key("group.name")); }

std::vector<const Object*> alb_group_members(Context& context, const Object& ingress) {
  const std::string_view group = alb_group(ingress);
  if (group.empty()) return {&ingress};
  std::vector<const Object*> members = ingresses(context);
  std::erase_if(members, [&](const Object* other) { return alb_group(*other) != group; });
  return members;
}

bool has_foreign_members(const Context& context, const Object& ingress) {
  const std::string_view group = alb_group(ingress);
  if (group.empty() || context.closed_world()) return false;
  return !group.starts_with(context.environment().release);
}

std::span<const std::string_view> alb_annotations() { return annotations; }

bool is_alb_annotation(std::string_view name) {
  if (std::find(annotations.begin(), annotations.end(), name) != annotations.end()) return true;
  return std::any_of(open_annotations.begin(), open_annotations.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix) && name.size() > prefix.size(); });
}

}  // namespace rhumb::lint
