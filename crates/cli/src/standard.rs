//! Texts of the list of licenses.

/// The text of a license or exception in the list of licenses.
pub(crate) fn standard(id: &str) -> Option<&'static str> {
    let license = spdx::license_id(id).map(spdx::LicenseId::text);
    license.or_else(|| spdx::exception_id(id).map(spdx::ExceptionId::text))
}
