//! Rules about pictures: logos and slides.

pub mod blank_logo;
pub mod broken_logo;
pub mod featured_app_logo;
pub mod foreign_image_words;
pub mod logo_as_slide;
pub mod poor_slide;
pub mod slide_list;
pub mod unfit_slide;
pub mod wrong_logo_size;
