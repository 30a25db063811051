#include <fmt/format.h>
#include <algorithm>

#include "lint/support/cidr.h"
#include "lint/support/network.h"

namespace rhumb::lint::network_policy_invalid {
namespace {

class PolicyCheck {
 public:
  PolicyCheck(Context& context, const Object& policy) : context_(context), policy_(policy) {}

  void run() {
    for (const Node type : list(policy_.spec()["policyTypes"])) {
      if (type.text() != "Ingress" && type.text() != "Egress") {
        report(type, fmt::format("{} is neither Ingress nor Egress", type.scalar_text()));
      }
    }
    for (const Direction direction : {Direction::ingress, Direction::egress}) check_direction(direction);
  }

 private:
  static Node list(Node node) { return node.is_list() ? node : Node(); }

  void report(Node node, std::string message) { context_.report(policy_, node, std::move(message)); }

  void check_direction(Direction direction) {
    const Node rules = network_rules(policy_, direction);
    if (!rules.empty() && !isolates(policy_, direction)) {
      report(rules, fmt::format("the {} rules do nothing: policyTypes leaves them out", name_of(direction)));
    }
    for (const Node rule : rules) {
      for (const Node peer : peers_of(rule, direction)) check_peer(peer);
      for (const Node port : list(rule["ports"])) check_port(port);
    }
  }

  void check_peer(Node peer) {
    const bool has_selector = !peer["podSelector"].is_null() || !peer["namespaceSelector"].is_null();
    const Node block = peer["ipBlock"];
    if (block.is_null()) {
      if (!has_selector) report(peer, "the peer names nobody; leave the list out for everybody");
      return;
    }
    if (has_selector) report(block, "an ipBlock cannot stand beside selectors");
    check_block(block);
  }

  void check_block(Node block) {
    const auto cidr = parse_cidr(block["cidr"].text());
    if (!cidr) {
      report(
          block["cidr"] ? block["cidr"] : block,
          fmt::format("\"{}\" is no network: an address, / and the length of the prefix", block["cidr"].scalar_text()));
    }
    for (const Node node : list(block["except"])) {
      const auto except = parse_cidr(node.text());
      if (!except) {
        report(node, fmt::format("\"{}\" is no network", node.scalar_text()));
      } else if (cidr && (!cidr->contains(*except) || except->bits == cidr->bits)) {
        report(node, fmt::format("{} is not a part of {}", node.text(), block["cidr"].text()));
      }
    }
  }

  void check_port(Node port) {
    const std::string_view protocol = port["protocol"].scalar_text();
    if (!protocol.empty() && protocol != "TCP" && protocol != "UDP" && protocol != "SCTP") {
      report(port["protocol"], fmt::format("{} is none of TCP, UDP, SCTP", protocol));
    }
    const Node wanted = port["port"];
    const auto number = wanted.integer();
    if (number && (*number < 1 || *number > 65535)) report(wanted, fmt::format("{} is no port", *number));
    if (wanted.is_string() && !is_port_name(wanted.text())) {
      report(wanted, fmt::format("\"{}\" is no name of a port", wanted.text()));
    }
    check_end(port["endPort"], number);
  }

  void check_end(Node end, std::optional<std::int64_t> first) {
    if (end.is_null()) return;
    const auto last = end.integer();
    if (!first) {
      report(end, "endPort needs a numeric port");
    } else if (last && (*last < *first || *last > 65535)) {
      report(end, fmt::format("endPort {} is not between port {} and 65535", *last, *first));
    }
  }

  /// As validation.IsValidPortName.
  static bool is_port_name(std::string_view name) {
    if (name.empty() || name.size() > 15 || name.front() == '-' || name.back() == '-') return false;
    if (name.find("--") != std::string_view::npos) return false;
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const bool is_plain = std::all_of(name.begin(), name.end(),
                                      [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
    return is_plain && std::any_of(name.begin(), name.end(), is_letter);
  }

  Context& context_;
  const Object& policy_;
};

void check(Context& context) {
  for (const Object* policy : context.of_kind("NetworkPolicy")) {
    if (is_network_policy(*policy)) PolicyCheck(context, *policy).run();
  }
}

}  // namespace

extern const Rule rule{
    .name = "network-policy-invalid",
    .category = Category::correctness,
    .severity = Severity::error,
    .since = "0.2",
    .presets = preset_default,
    .profiles = profile_both,
    .summary = "A NetworkPolicy is refused, or part of it does nothing",
    .remedy = "Correct the field.",
    .documentation = R"(## What it does
Finds in NetworkPolicies what the API server refuses or what has no effect:

- `policyTypes` other than `Ingress` and `Egress`; rules of a direction that `policyTypes` leaves out
- peers that name nobody, or an `ipBlock` beside selectors
- `cidr` and `except` that are no networks; an `except` that is not a part of its `cidr`
- ports that are neither a number from 1 to 65535 nor the name of a port; a protocol other than `TCP`, `UDP`, `SCTP`
- `endPort` without a numeric `port`, or below it

## Why
A policy that is refused stops the release; rules without effect leave pods open that look closed.

## Example
```yaml
# wrong
ingress:
  - from:
      - ipBlock:
          cidr: 10.0.0.0/8
          except: [192.168.0.0/16]
```
```yaml
# right
ingress:
  - from:
      - ipBlock:
          cidr: 10.0.0.0/8
          except: [10.1.0.0/16]
```
)",
    .check = check,
};

}  // namespace rhumb::lint::network_policy_invalid
