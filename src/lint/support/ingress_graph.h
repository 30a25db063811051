// Where Ingresses lead to, in both of their schemas.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace rhumb::lint {

struct IngressBackend {
  Node node;  // the backend, or the Service's name in it
  std::string_view service;
  Node port_node;
  /// None where it is missing or misshapen.
  std::optional<manifest::IntOrString> port;
  Node host;  // none for the default backend and for a rule without host
  Node path;  // the item of `paths`; none for the default backend

  /// "/web of tms.example.com", "the default backend".
  std::string title() const;
};

/// Those of networking.k8s.io and extensions.
std::vector<const Object*> ingresses(Context& context);
/// All backends that are Services.
std::vector<IngressBackend> ingress_backends(const Object& ingress);
/// Of the field or of the old annotation; empty for none.
std::string_view ingress_class(const Object& ingress);
/// Its load balancer is one of the AWS Load Balancer Controller, as far as the release shows.
bool is_alb(const Objects& objects, const Object& ingress);

/// The entry of a Service's `ports` that a name or number means; none where there is none.
Node service_port(const Object& service, const manifest::IntOrString& port);
/// "http (8069), metrics (9101)".
std::string service_port_names(const Object& service);

constexpr std::string_view alb_prefix = "alb.ingress.kubernetes.io/";
/// A port of that name is no port: the action is in an annotation.
constexpr std::string_view alb_use_annotation = "use-annotation";

}  // namespace rhumb::lint
