// What the annotations of the AWS Load Balancer Controller say (pkg/ingress of its version 2.14).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/context.h"
#include "rhumb/yaml/tree.h"

namespace rhumb::lint {

/// "alb.ingress.kubernetes.io/" and the name.
std::string alb_key(std::string_view name);

/// Text of an annotation that must be JSON.
struct AlbJson {
  /// Why it is none; empty when it is.
  std::string error;
  std::unique_ptr<yaml::Tree> tree;

  Node root() const { return tree == nullptr ? Node() : tree->root(); }
};
AlbJson read_alb_json(std::string_view text);

struct AlbListeners {
  std::string error;
  std::vector<std::pair<std::string, std::int64_t>> ports;  // protocol and port
  /// Of listen-ports; none where the defaults count.
  Node node;

  bool has(std::string_view protocol) const;
  /// Empty for none.
  std::string protocol_of(std::int64_t port) const;
};
/// As computeIngressListenPorts: without the annotation HTTPS 443 where there is a certificate, else HTTP 80.
AlbListeners alb_listeners(const Object& ingress);

/// An action of the type redirect to HTTPS that a backend refers to.
bool has_redirect_action(const Object& ingress);
/// Its IngressGroup; empty for none.
std::string_view alb_group(const Object& ingress);
/// The Ingresses of the release that share its load balancer, itself included.
std::vector<const Object*> alb_group_members(Context& context, const Object& ingress);
/// Whether members of its group may live outside of the release: the group is not named after it.
bool has_foreign_members(const Context& context, const Object& ingress);

/// Names of annotations behind the prefix, as the controller of version 2.14 knows them.
std::span<const std::string_view> alb_annotations();
/// Known, or one of those that end in a name of one's own: "actions.redirect".
bool is_alb_annotation(std::string_view name);

}  // namespace rhumb::lint
