//! Rules that read templates and markup.

pub mod commented_out_markup;
pub mod external_load;
pub mod fixed_format;
pub(in crate::rules) mod loads;
pub mod switcher_markup;
pub mod template_script;
pub mod untrusted_load;

use super::styles::text_at;
