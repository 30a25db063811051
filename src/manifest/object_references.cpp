#include "rhumb/manifest/object_references.h"

#include <algorithm>
#include <array>

namespace rhumb::manifest {
namespace {

/// A field that refers to an object by name, with the kind that it means when it says none.
struct TypedField {
  std::string_view field;
  std::string_view group;
  std::string_view kind;
};

constexpr std::array typed_fields{
    TypedField{"backendRefs", "", "Service"},
    TypedField{"backendRef", "", "Service"},
    TypedField{"parentRefs", "gateway.networking.k8s.io", "Gateway"},
    TypedField{"certificateRefs", "", "Secret"},
    TypedField{"issuerRef", "cert-manager.io", "Issuer"},
    TypedField{"secretStoreRef", "external-secrets.io", "SecretStore"},
    TypedField{"authenticationRef", "keda.sh", "TriggerAuthentication"},
    TypedField{"scaleTargetRef", "apps", "Deployment"},
    TypedField{"targetRef", "", ""},
    TypedField{"roleRef", "rbac.authorization.k8s.io", ""},
};

/// Fields of the Prometheus operator that hold {name, key} of a Secret.
constexpr std::array monitor_secrets{
    std::string_view("username"),          std::string_view("password"),  std::string_view("credentials"),
    std::string_view("bearerTokenSecret"), std::string_view("keySecret"), std::string_view("secret"),
    std::string_view("clientSecret"),
};
/// Services that Argo Rollouts switches traffic between.
constexpr std::array rollout_services{
    std::string_view("activeService"),
    std::string_view("previewService"),
    std::string_view("stableService"),
    std::string_view("canaryService"),
};

bool is_secret_field(std::string_view key) {
  return key == "secretRef" || key == "secretKeyRef" || key.ends_with("SecretRef") || key.ends_with("SecretKeyRef");
}

class Collector {
 public:
  explicit Collector(const Object& object) : object_(object) {}

  std::vector<ObjectReference> collect() {
    if (object_.kind == "CustomResourceDefinition") {
      add_service(object_.spec().at({"conversion", "webhook", "clientConfig", "service"}));
      return std::move(found_);
    }
    if (object_.kind == "APIService") add_service(object_.spec()["service"]);
    if (object_.kind == "RoleBinding" || object_.kind == "ClusterRoleBinding") add_binding();
    if (object_.kind == "Ingress") add_ingress();
    if (object_.kind == "StatefulSet") add("", "Service", object_.spec()["serviceName"]);
    for (const Node webhook : object_.root["webhooks"]) add_service(webhook["clientConfig"]["service"]);
    if (object_.group == "cert-manager.io" && object_.kind == "Certificate") {
      add("", "Secret", object_.spec()["secretName"]).is_made = true;
    }
    walk(object_.spec());
    std::erase_if(found_, [](const ObjectReference& reference) { return reference.name.empty(); });
    return std::move(found_);
  }

 private:
  ObjectReference& add(std::string_view group, std::string_view kind, Node name) {
    ObjectReference reference;
    reference.group = group;
    reference.kind = kind;
    reference.name = name.scalar_text();
    reference.node = name;
    if (!is_cluster_scoped(group, kind)) reference.namespace_ = object_.namespace_;
    return found_.emplace_back(reference);
  }

  void set_namespace(ObjectReference& reference, Node holder) {
    const std::string_view given = holder["namespace"].scalar_text();
    if (!given.empty() && !is_cluster_scoped(reference.group, reference.kind)) reference.namespace_ = given;
  }

  void add_service(Node service) {
    if (!service.is_map()) return;
    ObjectReference& reference = add("", "Service", service["name"]);
    set_namespace(reference, service);
    reference.port = service["port"];
  }

  void add_binding() {
    for (const Node subject : object_.root["subjects"]) {
      if (subject["kind"].text() != "ServiceAccount") continue;
      set_namespace(add("", "ServiceAccount", subject["name"]), subject);
    }
    add_typed(object_.root["roleRef"], {"roleRef", "rbac.authorization.k8s.io", ""});
  }

  void add_ingress() {
    for (const Node tls : object_.spec()["tls"]) add("", "Secret", tls["secretName"]);
    const Node annotations = object_.metadata()["annotations"];
    // cert-manager fills the Secrets of the tls section.
    const bool is_issued = annotations["cert-manager.io/issuer"] || annotations["cert-manager.io/cluster-issuer"] ||
                           annotations["kubernetes.io/tls-acme"];
    for (ObjectReference& reference : found_) reference.is_made = is_issued;
    if (annotations["cert-manager.io/issuer-group"].is_null() && annotations["cert-manager.io/issuer-kind"].is_null()) {
      add("cert-manager.io", "Issuer", annotations["cert-manager.io/issuer"]);
      add("cert-manager.io", "ClusterIssuer", annotations["cert-manager.io/cluster-issuer"]);
    }
  }

  /// {name, kind, group or apiVersion or apiGroup, namespace, port}, the kind of the field where it says none.
  void add_typed(Node reference, const TypedField& field) {
    if (!reference.is_map()) return;
    const std::string_view kind = reference["kind"].text().empty() ? field.kind : reference["kind"].text();
    std::string_view group = reference["kind"].text().empty() ? field.group : std::string_view();
    if (kind == field.kind || field.kind.empty()) group = field.group;
    if (kind == "ClusterIssuer" || kind == "ClusterSecretStore" || kind == "ClusterTriggerAuthentication") {
      group = field.group;
    }
    if (!reference["apiVersion"].is_null()) group = group_of(reference["apiVersion"].text());
    for (const std::string_view given : {"group", "apiGroup"}) {
      if (!reference[given].is_null()) group = reference[given].text();
    }
    if (kind.empty()) return;
    ObjectReference& added = add(group, kind, reference["name"]);
    set_namespace(added, reference);
    added.port = reference["port"];
  }

  void add_keyed(std::string_view kind, Node reference, bool is_made = false) {
    if (!reference.is_map()) return;
    ObjectReference& added = add("", kind, reference["name"]);
    set_namespace(added, reference);
    added.key_node = reference["key"];
    added.key = added.key_node.scalar_text();
    added.optional = reference["optional"].is_true();
    added.is_made = is_made;
  }

  void add_field(Node field) {
    const std::string_view key = field.key();
    const auto* const typed = std::find_if(typed_fields.begin(), typed_fields.end(),
                                           [&](const TypedField& known) { return known.field == key; });
    if (typed != typed_fields.end()) {
      if (field.is_list()) {
        for (const Node item : field) add_typed(item, *typed);
      } else {
        add_typed(field, *typed);
      }
    } else if (is_secret_field(key)) {
      // The account's key of an ACME issuer is made.
      add_keyed("Secret", field, key == "privateKeySecretRef");
    } else if (key == "configMapKeyRef" || key == "configMapRef") {
      add_keyed("ConfigMap", field);
    } else if (key == "secretTargetRef" && field.is_list()) {
      for (const Node item : field) add_keyed("Secret", item);
    } else if (object_.group == "monitoring.coreos.com" && field.is_map() && !field["name"].is_null() &&
               !field["key"].is_null()) {
      if (std::find(monitor_secrets.begin(), monitor_secrets.end(), key) != monitor_secrets.end()) {
        add_keyed("Secret", field);
      }
      if (key == "configMap") add_keyed("ConfigMap", field);
    } else if (object_.kind == "Rollout" &&
               std::find(rollout_services.begin(), rollout_services.end(), key) != rollout_services.end()) {
      add("", "Service", field);
    }
  }

  void add_traefik(Node route) {
    for (const Node service : route["services"]) {
      const std::string_view kind = service["kind"].text();
      if (!kind.empty() && kind != "Service") continue;
      add_service(service);
    }
    for (const Node middleware : route["middlewares"]) {
      set_namespace(add(object_.group, "Middleware", middleware["name"]), middleware);
    }
  }

  void walk(Node node) {
    if (object_.kind == "IngressRoute" && node.key() == "routes" && node.is_list()) {
      for (const Node route : node) add_traefik(route);
    }
    if (!node.is_map()) {
      if (node.is_list()) {
        for (const Node item : node) walk(item);
      }
      return;
    }
    for (const Node field : node) {
      // Pod templates are read elsewhere.
      if ((field.key() == "template" || field.key() == "jobTemplate") && !field["spec"].is_null()) continue;
      if (field.key() == "containers" || field.key() == "initContainers" || field.key() == "volumes") continue;
      add_field(field);
      walk(field);
    }
  }

  const Object& object_;
  std::vector<ObjectReference> found_;
};

}  // namespace

std::vector<ObjectReference> object_references(const Object& object) { return Collector(object).collect(); }

}  // namespace rhumb::manifest
