"""The demonstration: invented offices and people, with work under way in every procedure."""
