// Addresses as `helm lint` judges them: own wording of the checks of govalidator that it uses.
#pragma once

#include <string_view>

namespace rhumb::lint {

/// An absolute URL: it has a scheme, and Go's url.ParseRequestURI takes it. As govalidator.IsRequestURL.
bool is_request_url(std::string_view text);
/// An address of the web, with or without a scheme: "example.com/team". As govalidator.IsURL, which is somewhat
/// stricter about hosts that are made of digits.
bool is_web_address(std::string_view text);
/// As govalidator.IsEmail: letters, digits and marks in front of the @, at least two labels behind it.
bool is_email(std::string_view text);

}  // namespace rhumb::lint
